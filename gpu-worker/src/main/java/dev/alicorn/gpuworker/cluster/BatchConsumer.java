package dev.alicorn.gpuworker.cluster;

import dev.alicorn.gpuworker.EncoderWorker;
import dev.alicorn.protocol.EncodedBatch;
import dev.alicorn.protocol.EncoderMessage;
import dev.alicorn.protocol.EncoderMessage.BatchEncoded;
import dev.alicorn.protocol.EncoderMessage.BatchSent;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.delivery.ConsumerController;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// The actor that has one batch at a time encoded by this process's worker; the next one is on its
/// way here meanwhile.
final class BatchConsumer extends AbstractMatchingBehavior<BatchConsumer.Command> {
  private final Settings settings;
  private final ActorRef<EncoderWorker.Reply> answers;
  private Optional<ConsumerController.Delivery<BatchSent>> current = Optional.empty();

  sealed interface Command {}

  private record Delivered(ConsumerController.Delivery<BatchSent> delivery) implements Command {}

  private record Answered(EncoderWorker.Reply reply) implements Command {}

  /// What a consumer works with.
  ///
  /// @param encoder the name of the pool
  /// @param worker this process's host and port
  /// @param failed told why the encoder failed as a whole
  record Settings(
      String encoder,
      String worker,
      ActorRef<EncoderWorker.Command> encodes,
      ActorRef<EncoderMessage.ToPool> pool,
      Consumer<String> failed) {}

  private BatchConsumer(ActorContext<Command> context, Settings settings) {
    super(context);
    this.settings = settings;
    this.answers = context.messageAdapter(EncoderWorker.Reply.class, Answered::new);
    ActorRef<ConsumerController.Command<BatchSent>> controller =
        context.spawn(ConsumerController.create(Keys.work(settings.encoder())), "controller");
    controller.tell(
        new ConsumerController.Start<>(
            context.messageAdapter(ConsumerController.deliveryClass(), Delivered::new)));
  }

  static Behavior<Command> create(Settings settings) {
    return Behaviors.setup(context -> new BatchConsumer(context, settings));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Delivered(var delivery) -> {
        current = Optional.of(delivery);
        settings.encodes().tell(new EncoderWorker.Encode(delivery.message().captions(), answers));
      }
      case Answered(EncoderWorker.Done(EncodedBatch batch)) -> onDone(batch);
      // The batch is not confirmed: another worker gets it.
      case Answered(EncoderWorker.Failed(String reason)) -> settings.failed().accept(reason);
      case Answered(EncoderWorker.Busy(int batchesWaitingMax)) ->
          settings.failed().accept(batchesWaitingMax + " batches wait for it");
    }
    return this;
  }

  private void onDone(EncodedBatch batch) {
    ConsumerController.Delivery<BatchSent> delivery = current.orElseThrow();
    current = Optional.empty();
    settings.pool().tell(new BatchEncoded(settings.worker(), delivery.message().batch(), batch));
    delivery.confirmTo().tell(ConsumerController.confirmed());
  }
}
