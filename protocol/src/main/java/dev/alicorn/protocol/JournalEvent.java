package dev.alicorn.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A fact of a job, as its journal keeps it: what cannot be computed again, and nothing else.
///
/// Times and latencies are kept for people and never reach a dataset.
public sealed interface JournalEvent {

  /// An LLM call's trace in the journal, by the record, stage and ask that it was for.
  ///
  /// Ask 0 is the first question; ask 1 is the one re-ask that follows an unusable answer. Attempts
  /// at one ask share its number.
  sealed interface CallEvent extends JournalEvent {
    RecordId record();

    Stage stage();

    int ask();

    CallKey key();

    String endpoint();
  }

  /// The first fact of each journal folder: which incarnation it is and where the one before it
  /// ends.
  ///
  /// @param previousSeq last valid seq of the previous incarnation, 0 for the first
  /// @param previousCrc CRC32C of that envelope, 0 for the first
  record IncarnationOpened(
      int incarnation, long previousSeq, int previousCrc, Instant openedAt, String software)
      implements JournalEvent {}

  /// The job itself.
  ///
  /// @param specJson the canonical spec, prompt text included
  /// @param baseFolder what relative file names in the spec are relative to
  record JobOpened(JobId job, String specJson, String baseFolder, Instant createdAt)
      implements JournalEvent {}

  /// What an endpoint's name stood for when the job first used it; no key.
  record EndpointBound(
      String endpoint, WireFormat wire, String model, Price price, Capabilities capabilities)
      implements JournalEvent {}

  /// What an encoder's name stood for when the job first used it.
  record EncoderBound(EncoderDescription encoder) implements JournalEvent {}

  /// A seed of the job.
  ///
  /// @param source index into the spec's `seeds`, from 0
  /// @param sourceKey the row within its source: a line number, or the source's own id
  /// @param domain the domain of a domain-specific seed
  record SeedAccepted(
      RecordId record, int source, String sourceKey, String text, Optional<String> domain)
      implements JournalEvent {}

  /// A row of a seed source that is no seed.
  record SeedRefused(int source, String sourceKey, String reason) implements JournalEvent {}

  /// No seed follows.
  record SeedsSealed(long accepted, long refused) implements JournalEvent {}

  /// The intent to call, durable before the call where `repeat = never`.
  record CallStarted(RecordId record, Stage stage, int ask, CallKey key, String endpoint)
      implements CallEvent {}

  /// A complete body that came with status 200, as it came.
  ///
  /// @param origin the job whose journal the reply was copied from
  record LlmReplied(
      RecordId record,
      Stage stage,
      int ask,
      CallKey key,
      String endpoint,
      Bytes body,
      Duration latency,
      Optional<JobId> origin)
      implements CallEvent {}

  /// An attempt that gave no complete reply.
  ///
  /// @param status the HTTP status, 0 where none came
  /// @param body what came of a body
  record CallFailed(
      RecordId record,
      Stage stage,
      int ask,
      CallKey key,
      String endpoint,
      FailureCause cause,
      int status,
      String detail,
      Bytes body,
      Duration latency)
      implements CallEvent {}

  /// A caption's raw embedding: the encoder's output, l2-normalised or not as the encoder is
  /// described, before any transfer.
  ///
  /// @param encoder hash of the encoder's weights, tokenizer and settings
  /// @param text hash of the caption that was encoded
  /// @param truncated whether the encoder cut the caption at its longest input
  record TextEmbedded(
      RecordId record, ContentHash encoder, ContentHash text, Embedding vector, boolean truncated)
      implements JournalEvent {}

  /// A caption that the encoder gave no usable vector for.
  record EmbeddingFailed(RecordId record, ContentHash encoder, ContentHash text, String reason)
      implements JournalEvent {}

  /// The job stopped asking for new calls.
  record JobPaused(PauseReason reason, String detail, Instant at) implements JournalEvent {}

  /// The job goes on.
  ///
  /// @param budget the caps from here on
  record JobResumed(JobSpec.Budget budget, Instant at) implements JournalEvent {}

  record JobCancelled(Instant at) implements JournalEvent {}

  /// The job's dataset lies finished in its folder.
  ///
  /// @param dataset name of the folder
  /// @param manifest hash of its `manifest.json`
  record JobCompleted(String dataset, ContentHash manifest, Instant at) implements JournalEvent {}

  record JobFailed(String detail, Instant at) implements JournalEvent {}

  /// Why a job is paused.
  enum PauseReason {
    USER,
    BUDGET,
    ENDPOINT,
    ENCODER,
    DISK
  }
}
