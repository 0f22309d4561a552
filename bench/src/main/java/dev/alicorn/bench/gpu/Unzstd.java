package dev.alicorn.bench.gpu;

import com.github.luben.zstd.ZstdInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Unpacks a file `NAME.zst` beside it, for a machine that has no program for that.
final class Unzstd {
  private static final String SUFFIX = ".zst";

  private Unzstd() {}

  static void main(String[] arguments) throws Exception {
    String file = arguments[0];
    if (!file.endsWith(SUFFIX)) {
      throw new IllegalArgumentException(file + " does not end in " + SUFFIX);
    }
    try (InputStream in = new ZstdInputStream(Files.newInputStream(Path.of(file)))) {
      Files.copy(
          in,
          Path.of(file.substring(0, file.length() - SUFFIX.length())),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
