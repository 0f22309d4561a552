package dev.alicorn.bench.gpu;

import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.TextEncoder;
import dev.alicorn.gpuworker.batch.TokenBatch;
import dev.alicorn.gpuworker.onnx.OnnxEncoder;
import dev.alicorn.gpuworker.tensorrt.Bucket;
import dev.alicorn.gpuworker.tensorrt.TensorRtEncoder;
import java.util.List;

/// An encoder under check, with the shapes that it computes in and a loop that does nothing but run
/// one of them.
sealed interface CheckedEncoder {
  TextEncoder encoder();

  List<Bucket> shapes();

  /// Runs a shape over and over.
  ///
  /// @return rows that were run
  long launch(int shape, int times) throws EncoderException;

  /// On the device.
  record OnDevice(TensorRtEncoder encoder) implements CheckedEncoder {
    @Override
    public List<Bucket> shapes() {
      return encoder.buckets();
    }

    @Override
    public long launch(int shape, int times) throws EncoderException {
      return encoder.launch(shape, times);
    }
  }

  /// On the CPU, to try the check itself.
  record Rehearsed(OnnxEncoder encoder) implements CheckedEncoder {
    @Override
    public List<Bucket> shapes() {
      return List.of(new Bucket(32, 4), new Bucket(128, 4));
    }

    @Override
    public long launch(int shape, int times) throws EncoderException {
      Bucket bucket = shapes().get(shape);
      TokenBatch batch = Captions.batch(Captions.ofLength(encoder, bucket.tokens(), bucket.rows()));
      long rows = 0;
      for (int i = 0; i < times; i++) {
        rows += encoder.encode(batch).size();
      }
      return rows;
    }
  }
}
