package dev.alicorn.protocol;

import org.jspecify.annotations.Nullable;

/// The kind of a journal event: one for each record of [JournalEvent], with the code that its
/// envelopes carry.
///
/// A released code never changes its meaning and is never given to another kind.
public enum EventType {
  INCARNATION_OPENED(1, "incarnation_opened"),
  JOB_OPENED(2, "job_opened"),
  ENDPOINT_BOUND(3, "endpoint_bound"),
  ENCODER_BOUND(4, "encoder_bound"),
  SEED_ACCEPTED(5, "seed_accepted"),
  SEED_REFUSED(6, "seed_refused"),
  SEEDS_SEALED(7, "seeds_sealed"),
  CALL_STARTED(8, "call_started"),
  LLM_REPLIED(9, "llm_replied"),
  CALL_FAILED(10, "call_failed"),
  TEXT_EMBEDDED(11, "text_embedded"),
  EMBEDDING_FAILED(12, "embedding_failed"),
  JOB_PAUSED(13, "job_paused"),
  JOB_RESUMED(14, "job_resumed"),
  JOB_CANCELLED(15, "job_cancelled"),
  JOB_COMPLETED(16, "job_completed"),
  JOB_FAILED(17, "job_failed");

  private static final @Nullable EventType[] BY_CODE = new @Nullable EventType[256];

  static {
    for (EventType type : values()) {
      BY_CODE[type.code & 0xff] = type;
    }
  }

  private final byte code;
  private final String key;

  EventType(int code, String key) {
    this.code = (byte) code;
    this.key = key;
  }

  /// The code in an envelope.
  public byte code() {
    return code;
  }

  /// The snake-case name, as `journal cat` prints it.
  public String key() {
    return key;
  }

  /// The type of an event.
  public static EventType of(JournalEvent event) {
    return switch (event) {
      case JournalEvent.IncarnationOpened _ -> INCARNATION_OPENED;
      case JournalEvent.JobOpened _ -> JOB_OPENED;
      case JournalEvent.EndpointBound _ -> ENDPOINT_BOUND;
      case JournalEvent.EncoderBound _ -> ENCODER_BOUND;
      case JournalEvent.SeedAccepted _ -> SEED_ACCEPTED;
      case JournalEvent.SeedRefused _ -> SEED_REFUSED;
      case JournalEvent.SeedsSealed _ -> SEEDS_SEALED;
      case JournalEvent.CallStarted _ -> CALL_STARTED;
      case JournalEvent.LlmReplied _ -> LLM_REPLIED;
      case JournalEvent.CallFailed _ -> CALL_FAILED;
      case JournalEvent.TextEmbedded _ -> TEXT_EMBEDDED;
      case JournalEvent.EmbeddingFailed _ -> EMBEDDING_FAILED;
      case JournalEvent.JobPaused _ -> JOB_PAUSED;
      case JournalEvent.JobResumed _ -> JOB_RESUMED;
      case JournalEvent.JobCancelled _ -> JOB_CANCELLED;
      case JournalEvent.JobCompleted _ -> JOB_COMPLETED;
      case JournalEvent.JobFailed _ -> JOB_FAILED;
    };
  }

  /// The type of a code; null where no released version wrote such a code.
  public static @Nullable EventType ofCode(byte code) {
    return BY_CODE[code & 0xff];
  }
}
