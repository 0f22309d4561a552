package dev.alicorn.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PickleGoldenIT {
  @TempDir Path temp;

  /// The golden file was loaded by `pickle.load` under numpy 1.26.4 and 2.4.6, warnings as errors.
  @Test
  void shardHasTheBytesThatNumpyLoaded() throws Exception {
    SyntheticDataset.small().write(temp.resolve("toy"));
    try (InputStream golden =
        Objects.requireNonNull(PickleGoldenIT.class.getResourceAsStream("float32.pkl"))) {
      assertThat(
              Files.readAllBytes(
                  temp.resolve("toy/trainer/embeddings/embeddings-00000-of-00003.pkl")))
          .isEqualTo(golden.readAllBytes());
    }
  }
}
