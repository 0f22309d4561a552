package dev.alicorn.protocol;

/// What an engine and its encoder workers say to each other.
public sealed interface EncoderMessage {

  /// What a worker tells the pool that it works for.
  sealed interface ToPool extends EncoderMessage {}

  /// What the pool tells a worker of its standing.
  sealed interface ToWorker extends EncoderMessage {}

  /// A worker has loaded its encoder and asks for work.
  ///
  /// @param worker its host and port
  /// @param windowTokens of the captions that should come together
  /// @param replyTo the actor that the answer goes to, as a path with its address
  record WorkerOffered(String worker, EncoderDescription encoder, int windowTokens, String replyTo)
      implements ToPool {}

  /// The worker's encoder failed as a whole, and the worker ends.
  record WorkerFailed(String worker, String reason) implements ToPool {}

  /// A batch is done.
  ///
  /// @param batch the number that it was sent with
  record BatchEncoded(String worker, long batch, EncodedBatch results) implements ToPool {}

  /// The worker gets batches from now on.
  record WorkerAdmitted() implements ToWorker {}

  /// The worker gets none.
  record WorkerRefused(String reason) implements ToWorker {}

  /// A batch for whichever worker has room for it.
  ///
  /// @param batch a number that no other batch of the pool has
  record BatchSent(long batch, EncodeBatch captions) implements EncoderMessage {}
}
