package dev.alicorn.engine.step;

import dev.alicorn.engine.encoder.EncoderAnswer;
import dev.alicorn.engine.encoder.EncoderClient;
import dev.alicorn.engine.journal.Journal;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.EmbeddingFailed;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import dev.alicorn.protocol.JournalEvent.TextEmbedded;
import dev.alicorn.protocol.RecordId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;

/// The embed step: captions, batched by characters, to embeddings in the journal.
///
/// An encoder that is gone pauses the job; what was not encoded is still owed then.
public record EmbedStep(Journal journal, EncoderClient encoder, Brake brake) {
  private static final Duration BATCH_WAIT = Duration.ofMillis(20);
  private static final int APPENDS_IN_FLIGHT_MAX = 256;

  /// An accepted caption without an embedding.
  public record OwedEmbedding(RecordId record, String caption) {}

  /// A caption whose embedding was settled, for better or worse.
  ///
  /// @param fact [TextEmbedded] or [EmbeddingFailed], durable
  public record Embedded(RecordId record, JournalEvent fact) {}

  /// Owed captions to settled embeddings, in the order in which they are settled; what the brake
  /// left unsettled is left out.
  public Flow<OwedEmbedding, Embedded, NotUsed> flow() {
    return Flow.of(OwedEmbedding.class)
        .groupedWeightedWithin(
            (long) encoder.batchCharsMax(), owed -> (long) owed.caption().length(), BATCH_WAIT)
        .mapAsyncUnordered(encoder.batchesInFlightMax(), this::encode)
        .mapConcat(facts -> facts)
        .mapAsyncUnordered(
            APPENDS_IN_FLIGHT_MAX,
            embedded -> journal.append(embedded.fact()).thenApply(_ -> embedded));
  }

  private CompletionStage<List<Embedded>> encode(List<OwedEmbedding> batch) {
    if (brake.pulled().isPresent()) {
      return CompletableFuture.completedFuture(List.of());
    }
    List<EncodeBatch.Item> items =
        batch.stream().map(owed -> new EncodeBatch.Item(owed.record(), owed.caption())).toList();
    BatchRecording recording = new BatchRecording(batch.size());
    recording.begin();
    return encoder
        .encode(new EncodeBatch(items))
        .thenApply(answer -> {
          recording.commit();
          return switch (answer) {
            case EncoderAnswer.Encoded(EncodedBatch encoded) -> facts(batch, encoded);
            case EncoderAnswer.Unavailable(String reason) -> {
              brake.pull(PauseReason.ENCODER, reason);
              yield List.of();
            }
          };
        });
  }

  private List<Embedded> facts(List<OwedEmbedding> batch, EncodedBatch encoded) {
    if (encoded.results().size() != batch.size()) {
      throw new IllegalStateException(
          "the encoder gave "
              + encoded.results().size()
              + " results for "
              + batch.size()
              + " captions");
    }
    ContentHash by = encoder.description().hash();
    List<Embedded> facts = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      OwedEmbedding owed = batch.get(i);
      ContentHash text = ContentHash.of(owed.caption());
      facts.add(
          new Embedded(
              owed.record(),
              switch (encoded.results().get(i)) {
                case EncodedBatch.Encoded(RecordId _, var vector, boolean truncated) ->
                    new TextEmbedded(owed.record(), by, text, vector, truncated);
                case EncodedBatch.Rejected(RecordId _, String reason) ->
                    new EmbeddingFailed(owed.record(), by, text, reason);
              }));
    }
    return facts;
  }
}
