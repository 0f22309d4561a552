package dev.alicorn.gpuworker.cluster;

import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A batch of captions cut so that each part, and its answer, fits into one frame of the network.
///
/// A char is at most 3 bytes of UTF-8, so that a part's captions have at most 3 MiB; the vectors of
/// its answer have at most 3 MiB, unless one alone has more. A caption longer than that is refused.
record BatchParts(List<EncodeBatch> parts) {
  static final int FRAME_BYTES_MAX = 4 << 20;
  static final int CAPTION_CHARS_MAX = 1 << 20;
  static final int CAPTIONS_MAX = 4096;
  private static final int VECTORS_BYTES_MAX = 3 << 20;

  BatchParts {
    parts = List.copyOf(parts);
  }

  /// The parts, in the order of the batch, without what is too long.
  ///
  /// @param dimension of the vectors that are to come
  static BatchParts of(EncodeBatch batch, int dimension) {
    int captionsMax =
        Math.clamp(VECTORS_BYTES_MAX / ((long) dimension * Float.BYTES), 1, CAPTIONS_MAX);
    List<EncodeBatch> parts = new ArrayList<>();
    List<EncodeBatch.Item> part = new ArrayList<>();
    long chars = 0;
    for (EncodeBatch.Item item : batch.items()) {
      if (refusal(item).isPresent()) {
        continue;
      }
      if (part.size() == captionsMax || chars + item.text().length() > CAPTION_CHARS_MAX) {
        parts.add(new EncodeBatch(part));
        part.clear();
        chars = 0;
      }
      part.add(item);
      chars += item.text().length();
    }
    if (!part.isEmpty()) {
      parts.add(new EncodeBatch(part));
    }
    return new BatchParts(parts);
  }

  /// The answer to a batch out of those to its parts, which are in their order.
  static EncodedBatch joined(EncodeBatch batch, List<EncodedBatch> answers) {
    var results = answers.stream().flatMap(answer -> answer.results().stream()).iterator();
    return new EncodedBatch(
        batch.items().stream().map(item -> refusal(item).orElseGet(results::next)).toList());
  }

  /// Whether an answer has what was asked for, in its order.
  static boolean answers(EncodeBatch part, EncodedBatch answer, int dimension) {
    if (answer.results().size() != part.items().size()) {
      return false;
    }
    for (int i = 0; i < part.items().size(); i++) {
      EncodedBatch.Result result = answer.results().get(i);
      boolean misfit =
          result instanceof EncodedBatch.Encoded encoded
              && encoded.vector().dimension() != dimension;
      if (misfit || !result.record().equals(part.items().get(i).record())) {
        return false;
      }
    }
    return true;
  }

  private static Optional<EncodedBatch.Result> refusal(EncodeBatch.Item item) {
    return item.text().length() > CAPTION_CHARS_MAX
        ? Optional.of(
            new EncodedBatch.Rejected(
                item.record(),
                "the caption has %d characters, more than the %d that a worker process is sent"
                    .formatted(item.text().length(), CAPTION_CHARS_MAX)))
        : Optional.empty();
  }
}
