package dev.alicorn.protocol;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The events whose bytes are golden: one of each kind, every field set to something that is not
/// its default.
final class ExampleEvents {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final ContentHash HASH = ContentHash.of("abc");
  private static final CallKey KEY = new CallKey(ContentHash.of("key"));
  private static final RecordId RECORD = new RecordId(910_010);

  static final List<JournalEvent> ALL =
      List.of(
          new JournalEvent.IncarnationOpened(3, 1_234_567_890_123L, 0xCAFEBABE, AT, "alicorn 0.1"),
          new JournalEvent.JobOpened(
              new JobId("unicorn-mini"), "{\"name\":\"ünïcörn\"}", "/data/jobs", AT),
          new JournalEvent.EndpointBound(
              "big",
              WireFormat.ANTHROPIC_MESSAGES,
              "some-model",
              new Price(
                  new BigDecimal("0.10"), new BigDecimal("0.025"), new BigDecimal("4E-1"), "EUR"),
              new Capabilities(
                  Capabilities.Known.YES,
                  Capabilities.Known.NO,
                  Capabilities.Known.UNKNOWN,
                  Capabilities.Known.YES)),
          new JournalEvent.EncoderBound(
              new EncoderDescription("minilm", HASH, 384, 256, true, true)),
          new JournalEvent.SeedAccepted(
              RECORD, 2, "line 7", "A dog\nunder a \u202e tree \0.", Optional.of("food")),
          new JournalEvent.SeedRefused(1, "17", "empty"),
          new JournalEvent.SeedsSealed(1_200_000, 31),
          new JournalEvent.CallStarted(RECORD, Stage.CAPTION, 1, KEY, "big"),
          new JournalEvent.LlmReplied(
              RECORD,
              new TaskName("complex_reasoning").stage(),
              1,
              KEY,
              "big",
              Bytes.utf8("{\"choices\":[]}"),
              Duration.ofNanos(1_234_567_000),
              Optional.of(new JobId("earlier"))),
          new JournalEvent.CallFailed(
              RECORD,
              new TaskName("question_answering").stage(),
              1,
              KEY,
              "big",
              FailureCause.SERVER_ERROR,
              503,
              "overloaded",
              Bytes.wrap(new byte[] {0, -1, -128, 127}),
              Duration.ofMillis(77)),
          new JournalEvent.TextEmbedded(
              RECORD,
              HASH,
              ContentHash.of("text"),
              Embedding.wrap(
                  new float[] {0.5f, -0.0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN}),
              true),
          new JournalEvent.EmbeddingFailed(RECORD, HASH, ContentHash.of("text"), "not finite"),
          new JournalEvent.JobPaused(JournalEvent.PauseReason.DISK, "1 GiB free", AT),
          new JournalEvent.JobResumed(
              new JobSpec.Budget(
                  Optional.of(new BigDecimal("25.00")),
                  OptionalLong.of(50_000_000),
                  OptionalLong.of(2_000_000)),
              AT),
          new JournalEvent.JobCancelled(AT),
          new JournalEvent.JobCompleted("default", HASH, AT),
          new JournalEvent.JobFailed("a stage threw", AT));

  private ExampleEvents() {}
}
