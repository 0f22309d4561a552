package dev.alicorn.gateway.doctor;

import dev.alicorn.config.EncoderConfig;
import dev.alicorn.gpuworker.CaptionEncoder;
import dev.alicorn.gpuworker.EncoderBackend;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.TextEncoder;
import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import dev.alicorn.protocol.RecordId;
import java.time.Duration;
import java.util.List;

/// Whether an encoder opens and turns a caption into a vector.
///
/// @param name what the deployment calls it
record EncoderCheck(String name, EncoderConfig config) implements Check {
  private static final String CAPTION =
      "A wooden rowing boat lies upside down on a pebble beach, its blue paint flaking in the sun.";

  private static final int BATCH_TOKENS_MAX = 1_024;

  @Override
  public String subject() {
    return "encoder " + name;
  }

  @Override
  public Diagnosis look() {
    long start = System.nanoTime();
    try (CaptionEncoder encoder = new CaptionEncoder(open(), 1, BATCH_TOKENS_MAX)) {
      Duration opening = Duration.ofNanos(System.nanoTime() - start);
      EncodeBatch batch = new EncodeBatch(List.of(new EncodeBatch.Item(new RecordId(1), CAPTION)));
      long opened = System.nanoTime();
      EncodedBatch.Result result = encoder.encode(batch).results().getFirst();
      Duration encoding = Duration.ofNanos(System.nanoTime() - opened);
      return switch (result) {
        case EncodedBatch.Encoded encoded ->
            Diagnosis.ok(
                "%s, %s dimensions, opened in %s, its first caption in %s"
                    .formatted(
                        encoder.encoder().description().name(),
                        encoded.vector().dimension(),
                        Figures.time(opening),
                        Figures.time(encoding)));
        case EncodedBatch.Rejected rejected ->
            Diagnosis.fail(rejected.reason() + "; use another encoder");
      };
    } catch (EncoderException e) {
      return Diagnosis.fail(String.valueOf(e.getMessage()));
    }
  }

  private TextEncoder open() throws EncoderException {
    return switch (config) {
      case EncoderConfig.Onnx onnx -> EncoderBackend.ONNX.open(onnx.model());
    };
  }
}
