package dev.alicorn.engine.encoder;

import dev.alicorn.protocol.EncodedBatch;

/// What an encoder made of a batch of captions.
public sealed interface EncoderAnswer {
  /// A result for each caption, in the order of the request.
  record Encoded(EncodedBatch batch) implements EncoderAnswer {}

  /// No caption of the batch was encoded, and the next would not be either.
  ///
  /// @param reason a sentence with the mend
  record Unavailable(String reason) implements EncoderAnswer {}
}
