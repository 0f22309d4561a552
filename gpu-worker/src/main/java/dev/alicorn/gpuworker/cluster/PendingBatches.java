package dev.alicorn.gpuworker.cluster;

import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import dev.alicorn.protocol.EncoderMessage.BatchSent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;

/// The batches that a pool owes an answer for: what waits for a worker, and what is with one.
///
/// The first answer to a part counts; what comes later, for a part that was sent again, is not
/// looked at.
final class PendingBatches {
  /// Times that a part is sent before its batch is given up.
  static final int SENDS_MAX = 3;

  private final int batchesMax;
  private final Set<Batch> batches = new LinkedHashSet<>();
  private final Map<Long, Part> parts = new LinkedHashMap<>();
  private final Deque<Part> waiting = new ArrayDeque<>();
  private long sent;

  /// A batch that is answered, or given up.
  record Answer(ActorRef<EncoderPool.Reply> to, EncoderPool.Reply reply) {}

  /// @param batchesMax that may be owed at a time
  PendingBatches(int batchesMax) {
    this.batchesMax = batchesMax;
  }

  boolean isFull() {
    return batches.size() >= batchesMax;
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  /// Takes a batch in; the answer where it needs no worker.
  ///
  /// @param dimension of the encoder's vectors
  Optional<Answer> add(EncodeBatch captions, int dimension, ActorRef<EncoderPool.Reply> replyTo) {
    BatchParts cut = BatchParts.of(captions, dimension);
    Batch batch = new Batch(captions, replyTo, cut.parts().size());
    if (batch.isWhole()) {
      return Optional.of(batch.answer());
    }
    batches.add(batch);
    for (int place = 0; place < cut.parts().size(); place++) {
      Part part = new Part(++sent, batch, place, cut.parts().get(place), dimension);
      parts.put(part.number, part);
      waiting.add(part);
    }
    return Optional.empty();
  }

  /// The next part for a worker, which has it from now on.
  Optional<BatchSent> next(long now) {
    Part part = waiting.poll();
    while (part != null && !parts.containsKey(part.number)) {
      part = waiting.poll();
    }
    if (part == null) {
      return Optional.empty();
    }
    part.sends++;
    part.sentAt = now;
    part.waits = false;
    return Optional.of(new BatchSent(part.number, part.captions));
  }

  /// Takes a worker's answer to a part; the batch's, where it was the last that was missing.
  ///
  /// @throws IllegalArgumentException where it is no answer to that part
  Optional<Answer> settle(long number, EncodedBatch results) {
    Part part = parts.get(number);
    if (part == null) {
      return Optional.empty();
    }
    if (!BatchParts.answers(part.captions, results, part.dimension)) {
      throw new IllegalArgumentException("it does not answer what it was sent");
    }
    parts.remove(number);
    part.batch.answers.put(part.place, results);
    if (!part.batch.isWhole()) {
      return Optional.empty();
    }
    batches.remove(part.batch);
    return Optional.of(part.batch.answer());
  }

  /// Lets parts wait again that were sent at that time or before; the batches that are given up.
  ///
  /// @param reason why they are given up
  List<Answer> repeat(long sentUntil, String reason) {
    List<Answer> givenUp = new ArrayList<>();
    for (Part part : List.copyOf(parts.values())) {
      if (part.waits || part.sentAt > sentUntil || !parts.containsKey(part.number)) {
        continue;
      }
      if (part.sends < SENDS_MAX) {
        part.waits = true;
        waiting.addFirst(part);
      } else {
        batches.remove(part.batch);
        parts.values().removeIf(other -> other.batch == part.batch);
        givenUp.add(new Answer(part.batch.replyTo, new EncoderPool.Unavailable(reason)));
      }
    }
    return givenUp;
  }

  /// Gives everything up.
  Collection<Answer> clear(String reason) {
    List<Answer> all =
        batches.stream()
            .map(batch -> new Answer(batch.replyTo, new EncoderPool.Unavailable(reason)))
            .toList();
    batches.clear();
    parts.clear();
    waiting.clear();
    return all;
  }

  /// One request on its way to be answered.
  private static final class Batch {
    private final EncodeBatch captions;
    private final ActorRef<EncoderPool.Reply> replyTo;
    private final SortedMap<Integer, EncodedBatch> answers = new TreeMap<>();
    private final int parts;

    Batch(EncodeBatch captions, ActorRef<EncoderPool.Reply> replyTo, int parts) {
      this.captions = captions;
      this.replyTo = replyTo;
      this.parts = parts;
    }

    boolean isWhole() {
      return answers.size() == parts;
    }

    Answer answer() {
      return new Answer(
          replyTo,
          new EncoderPool.Done(BatchParts.joined(captions, List.copyOf(answers.values()))));
    }
  }

  /// What one worker is sent at a time.
  private static final class Part {
    private final long number;
    private final Batch batch;
    private final int place;
    private final EncodeBatch captions;
    private final int dimension;
    private int sends;
    private long sentAt;
    private boolean waits = true;

    Part(long number, Batch batch, int place, EncodeBatch captions, int dimension) {
      this.number = number;
      this.batch = batch;
      this.place = place;
      this.captions = captions;
      this.dimension = dimension;
    }
  }
}
