package dev.alicorn.gpuworker.tensorrt;

import dev.alicorn.gpuworker.tensorrt.cuda.CudaHandle;
import dev.alicorn.gpuworker.tensorrt.cuda.MemoryCuda;
import dev.alicorn.gpuworker.tensorrt.graph.HostInput;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A network that adds up: element d of a row's vector is the sum over its attended tokens of
/// weight x id x (d + 1). It reads and writes the device's memory where it is bound.
final class SumNetwork implements Network {
  static final List<HostInput> INPUTS =
      List.of(HostInput.IDS, HostInput.MASK, HostInput.POSITIONS, HostInput.WEIGHTS);
  static final int DIMENSION = 3;

  private final MemoryCuda cuda;
  private final long scratchBytesPerRow;
  private final Map<Integer, Bucket> shapes = new HashMap<>();
  private final Map<Integer, Runnable> runs = new HashMap<>();

  SumNetwork(MemoryCuda cuda, long scratchBytesPerRow) {
    this.cuda = cuda;
    this.scratchBytesPerRow = scratchBytesPerRow;
  }

  /// What it gives for a caption alone, mean pooling.
  static float[] expected(TokenSequence caption) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < caption.attended(); i++) {
      for (int d = 0; d < DIMENSION; d++) {
        vector[d] += 1f / caption.attended() * caption.id(i) * (d + 1);
      }
    }
    return vector;
  }

  @Override
  public long shape(int index, Bucket bucket, CudaHandle stream) {
    shapes.put(index, bucket);
    return bucket.rows() * scratchBytesPerRow;
  }

  @Override
  public void bind(int index, CudaHandle scratch, long scratchBytes, long[] inputs, long vectors) {
    Bucket bucket = Objects.requireNonNull(shapes.get(index));
    runs.put(index, () -> run(bucket, inputs, vectors));
  }

  @Override
  public void enqueue(int index, CudaHandle stream) {
    cuda.enqueue(stream.address(), Objects.requireNonNull(runs.get(index)));
  }

  @Override
  public void close() {
    runs.clear();
  }

  private static void run(Bucket bucket, long[] inputs, long vectors) {
    MemorySegment[] in = new MemorySegment[inputs.length];
    for (int i = 0; i < in.length; i++) {
      if (inputs[i] % 256 != 0) {
        throw new IllegalStateException("an input is not aligned");
      }
      in[i] = MemoryCuda.at(inputs[i], 4L * bucket.elements());
    }
    MemorySegment out = MemoryCuda.at(vectors, 4L * bucket.rows() * DIMENSION);
    for (int row = 0; row < bucket.rows(); row++) {
      float[] vector = new float[DIMENSION];
      for (int i = 0; i < bucket.tokens(); i++) {
        int at = row * bucket.tokens() + i;
        if (in[2].getAtIndex(ValueLayout.JAVA_INT, at) != i
            && in[1].getAtIndex(ValueLayout.JAVA_INT, at) == 1) {
          throw new IllegalStateException("a position is wrong");
        }
        int id = in[0].getAtIndex(ValueLayout.JAVA_INT, at);
        int attended = in[1].getAtIndex(ValueLayout.JAVA_INT, at);
        float weight = in[3].getAtIndex(ValueLayout.JAVA_FLOAT, at);
        for (int d = 0; d < DIMENSION && attended == 1; d++) {
          vector[d] += weight * id * (d + 1);
        }
      }
      for (int d = 0; d < DIMENSION; d++) {
        out.setAtIndex(ValueLayout.JAVA_FLOAT, (long) row * DIMENSION + d, vector[d]);
      }
    }
  }
}
