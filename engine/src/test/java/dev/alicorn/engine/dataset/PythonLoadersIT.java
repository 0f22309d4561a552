package dev.alicorn.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.JobSpec.Dataset.Precision;
import dev.alicorn.protocol.JobSpec.Transfer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every format is read by the loader that its users have: same rows, same ids, same numbers.
///
/// `gateway/python/run` installs the loaders and runs this; `engine/python/load.py` is the reader.
@Tag("python")
class PythonLoadersIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int ROWS = 1050;
  private static final int DIMENSION = 48;
  private static final int ROWS_PER_SHARD = 400;

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(Precision.class)
  void everyLoaderFindsTheSame(Precision precision) throws Exception {
    SyntheticDataset dataset =
        new SyntheticDataset(
            11,
            ROWS,
            DIMENSION,
            precision,
            new Transfer(Transfer.Method.MEAN_SHIFT, true),
            true,
            ROWS_PER_SHARD);
    dataset.writeInAllFormats(temp.resolve("toy"));
    List<String> expected = expected(dataset, precision);
    // A loader that warns will fail one day.
    load(List.of("python/bin/python", "-W", "error"), "arrays", expected);
    load(List.of("python-numpy1/bin/python", "-W", "error"), "arrays", expected);
    load(List.of("python/bin/python"), "libraries", expected);
  }

  private static List<String> expected(SyntheticDataset dataset, Precision precision) {
    MessageDigest digest = ContentHash.sha256();
    BigDecimal sum = BigDecimal.ZERO;
    for (int ordinal = 1; ordinal <= ROWS; ordinal++) {
      Embedding vector = dataset.captionRow(ordinal).vector().orElseThrow();
      digest.update(VectorBytes.bytes(vector, precision));
      for (int j = 0; j < DIMENSION; j++) {
        float value = vector.get(j);
        sum =
            sum.add(
                new BigDecimal(
                    switch (precision) {
                      case FLOAT32 -> value;
                      case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16(value));
                    }));
      }
    }
    return List.of(
        Integer.toString(ROWS),
        precision.key(),
        Double.toString(sum.doubleValue()),
        HexFormat.of().formatHex(digest.digest()));
  }

  private void load(List<String> python, String what, List<String> expected) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ROOT.resolve(".alicorn").resolve(python.getFirst()).toString());
    command.addAll(python.subList(1, python.size()));
    command.add(ROOT.resolve("engine/python/load.py").toString());
    command.add(what);
    command.add(temp.resolve("toy").toString());
    command.addAll(expected);
    Path output = temp.resolve("output.txt");
    ProcessBuilder loading =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    loading.environment().put("HF_HOME", temp.resolve("hub").toString());
    loading.environment().put("HF_HUB_OFFLINE", "1");
    int exitCode = loading.start().waitFor();
    System.out.println(Files.readString(output));
    assertThat(exitCode).as(Files.readString(output)).isZero();
  }
}
