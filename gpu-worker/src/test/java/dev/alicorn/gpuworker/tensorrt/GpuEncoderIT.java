package dev.alicorn.gpuworker.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.config.EncoderConfig;
import dev.alicorn.config.EncoderConfig.TensorRt.Precision;
import dev.alicorn.config.EncoderSource;
import dev.alicorn.gpuworker.batch.TokenBatch;
import dev.alicorn.gpuworker.folder.CatalogueEncoders;
import dev.alicorn.gpuworker.folder.EncoderFolder;
import dev.alicorn.gpuworker.onnx.OnnxEncoder;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import dev.alicorn.protocol.Embedding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The encoder on a real device, with the libraries that `TENSORRT_HOME` names.
@Tag("gpu")
class GpuEncoderIT {
  private static final List<String> WORDS =
      List.of("a", "red", "kayak", "lies", "under", "plane", "trees", "while", "rain", "falls");

  @Test
  void vectorsAgreeWithOnnxRuntimeInBothPrecisions() throws Exception {
    for (EncoderFolder folder : List.of(CatalogueEncoders.minilm(), CatalogueEncoders.bge())) {
      for (Precision precision : Precision.values()) {
        try (TensorRtEncoder device = open(folder, precision);
            OnnxEncoder reference = OnnxEncoder.open(folder)) {
          TokenBatch batch = batch(captions(device, 200));
          Agreement agreement = Agreement.of(device.encode(batch), reference.encode(batch));
          assertThat(agreement.complaint(precision)).isEmpty();
          assertThat(agreement.cosineMean()).isGreaterThan(0.9999);
        }
      }
    }
  }

  @Test
  void aVectorDependsOnNothingButItsCaption() throws Exception {
    try (TensorRtEncoder device = open(CatalogueEncoders.minilm(), Precision.FP16)) {
      List<TokenSequence> captions = captions(device, 500);
      List<Embedding> together = device.encode(batch(captions));
      for (int i = 0; i < captions.size(); i += 25) {
        assertThat(device.encode(batch(List.of(captions.get(i)))))
            .as("caption %d alone", i)
            .containsExactly(together.get(i));
      }
      List<TokenSequence> turned = new ArrayList<>(captions);
      Collections.reverse(turned);
      assertThat(device.encode(batch(turned)).reversed()).isEqualTo(together);
      try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
        List<Future<List<Embedding>>> answers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
          answers.add(threads.submit(() -> device.encode(batch(captions))));
        }
        for (Future<List<Embedding>> answer : answers) {
          assertThat(answer.get()).isEqualTo(together);
        }
      }
    }
  }

  private static TensorRtEncoder open(EncoderFolder folder, Precision precision) throws Exception {
    return TensorRtEncoder.open(
        new EncoderConfig.TensorRt(
            new EncoderSource.Folder(folder.path()),
            Optional.empty(),
            precision,
            8192,
            OptionalInt.empty(),
            1),
        folder);
  }

  private static List<TokenSequence> captions(TensorRtEncoder encoder, int count) {
    Random random = new Random(7);
    List<TokenSequence> captions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder("It is a picture");
      for (int words = random.nextInt(200); words > 0; words--) {
        text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
      }
      captions.add(encoder.tokenize(text.toString()));
    }
    return captions;
  }

  private static TokenBatch batch(List<TokenSequence> rows) {
    return new TokenBatch(rows, IntStream.range(0, rows.size()).boxed().toList());
  }
}
