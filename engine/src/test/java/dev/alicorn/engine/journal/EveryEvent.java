package dev.alicorn.engine.journal;

import dev.alicorn.engine.judge.Tasks;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.CallKey;
import dev.alicorn.protocol.Capabilities;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.Price;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.WireFormat;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One event of each kind that a job appends, as the golden journal holds them.
final class EveryEvent {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final ContentHash HASH = ContentHash.of("encoder");
  private static final ContentHash TEXT = ContentHash.of("text");
  private static final CallKey KEY = new CallKey(ContentHash.of("key"));
  private static final RecordId RECORD = new RecordId(7);

  static final List<JournalEvent> ALL =
      List.of(
          new JournalEvent.JobOpened(new JobId("golden"), "{\"name\":\"gölden\"}", "/jobs", AT),
          new JournalEvent.EndpointBound(
              "big",
              WireFormat.OPENAI_CHAT,
              "some-model",
              new Price(
                  new BigDecimal("0.10"), new BigDecimal("0.05"), new BigDecimal("0.40"), "USD"),
              new Capabilities(
                  Capabilities.Known.YES,
                  Capabilities.Known.NO,
                  Capabilities.Known.UNKNOWN,
                  Capabilities.Known.YES)),
          new JournalEvent.EncoderBound(
              new EncoderDescription("minilm", HASH, 4, 256, true, false)),
          new JournalEvent.SeedAccepted(
              RECORD, 2, "line 7", "A dog\n\"under\" a tree.", Optional.of("food")),
          new JournalEvent.SeedRefused(1, "17", "empty"),
          new JournalEvent.SeedsSealed(1, 1),
          new JournalEvent.CallStarted(RECORD, Stage.CAPTION, 0, KEY, "big"),
          new JournalEvent.LlmReplied(
              RECORD,
              Stage.CAPTION,
              0,
              KEY,
              "big",
              Bytes.utf8("{\"choices\":[]}"),
              Duration.ofMillis(1_234),
              Optional.of(new JobId("earlier"))),
          new JournalEvent.CallFailed(
              RECORD,
              Tasks.QUESTION_ANSWERING.stage(),
              1,
              KEY,
              "big",
              FailureCause.SERVER_ERROR,
              503,
              "overloaded",
              Bytes.utf8("busy"),
              Duration.ofMillis(77)),
          new JournalEvent.TextEmbedded(
              RECORD, HASH, TEXT, Embedding.wrap(new float[] {0.5f, -0.5f, 0.25f, 1e-7f}), true),
          new JournalEvent.EmbeddingFailed(RECORD, HASH, TEXT, "not finite"),
          new JournalEvent.JobPaused(JournalEvent.PauseReason.DISK, "1 GiB free", AT),
          new JournalEvent.JobResumed(
              new JobSpec.Budget(
                  Optional.of(new BigDecimal("25.00")), OptionalLong.of(50), OptionalLong.empty()),
              AT),
          new JournalEvent.JobCancelled(AT),
          new JournalEvent.JobCompleted("default", HASH, AT),
          new JournalEvent.JobFailed("a stage threw", AT));

  private EveryEvent() {}
}
