package dev.alicorn.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/// The version of this build.
public final class Version implements IVersionProvider {

  /// The version as journals and manifests keep it.
  static String number() {
    try (InputStream version =
        Version.class.getResourceAsStream("/dev/alicorn/gateway/version.txt")) {
      if (version == null) {
        throw new IllegalStateException("the build left out version.txt");
      }
      return new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "alicorn "
          + number()
          + ", Java "
          + Runtime.version()
          + ", "
          + System.getProperty("os.name")
          + " "
          + System.getProperty("os.arch")
    };
  }
}
