package dev.alicorn.gpuworker.tensorrt;

import dev.alicorn.config.EncoderSettings.Pooling;
import dev.alicorn.gpuworker.tensorrt.graph.HostInput;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import dev.alicorn.protocol.Embedding;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;

/// How captions lie in the memory of a bucket's inputs, and their vectors in that of its output.
///
/// Each input starts at a multiple of 256 bytes, as TensorRT wants it.
record InputLayout(List<HostInput> inputs, Pooling pooling, int dimension) {
  private static final int ALIGNMENT_BYTES = 256;

  InputLayout {
    inputs = List.copyOf(inputs);
  }

  /// Where an input starts.
  long offset(int input, Bucket bucket) {
    long bytes = (long) bucket.elements() * Integer.BYTES;
    return input * ((bytes + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES);
  }

  /// Bytes of all inputs.
  long inputBytes(Bucket bucket) {
    return offset(inputs.size(), bucket);
  }

  /// Bytes of some rows' vectors.
  long vectorBytes(int rows) {
    return (long) rows * dimension * Float.BYTES;
  }

  /// Lays captions out; the rows that are left repeat the first, so that nothing undefined is
  /// computed.
  void pack(List<TokenSequence> captions, Bucket bucket, MemorySegment target) {
    if (captions.isEmpty() || captions.size() > bucket.rows()) {
      throw new IllegalArgumentException(captions.size() + " captions for " + bucket);
    }
    for (int input = 0; input < inputs.size(); input++) {
      long start = offset(input, bucket);
      for (int row = 0; row < bucket.rows(); row++) {
        TokenSequence caption = captions.get(row < captions.size() ? row : 0);
        long at = start + (long) row * bucket.tokens() * Integer.BYTES;
        packRow(inputs.get(input), caption, bucket.tokens(), target, at);
      }
    }
  }

  /// The first vectors, in the order of the rows.
  List<Embedding> unpack(MemorySegment vectors, int rows) {
    return IntStream.range(0, rows)
        .mapToObj(row ->
            Embedding.wrap(
                vectors.asSlice(vectorBytes(row), vectorBytes(1)).toArray(ValueLayout.JAVA_FLOAT)))
        .toList();
  }

  private void packRow(
      HostInput input, TokenSequence caption, int tokens, MemorySegment target, long at) {
    for (int i = 0; i < tokens; i++) {
      long place = at + (long) i * Integer.BYTES;
      switch (input) {
        case IDS ->
            target.set(ValueLayout.JAVA_INT, place, i < caption.length() ? caption.id(i) : 0);
        case MASK -> target.set(ValueLayout.JAVA_INT, place, i < caption.attended() ? 1 : 0);
        case POSITIONS -> target.set(ValueLayout.JAVA_INT, place, i);
        case WEIGHTS -> target.set(ValueLayout.JAVA_FLOAT, place, weight(caption, i));
      }
    }
  }

  private float weight(TokenSequence caption, int token) {
    return switch (pooling) {
      case MEAN -> token < caption.attended() ? 1f / caption.attended() : 0;
      case CLS -> token == 0 ? 1 : 0;
      case EOS -> token == caption.attended() - 1 ? 1 : 0;
      case LAST -> token == caption.length() - 1 ? 1 : 0;
      case MODEL -> throw new IllegalArgumentException("the graph pools by itself");
    };
  }
}
