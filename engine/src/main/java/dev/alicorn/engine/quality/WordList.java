package dev.alicorn.engine.quality;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// A list of words or phrases that ships with Alicorn: one a line, `#` opens a comment.
public final class WordList {
  private WordList() {}

  static List<String> named(String name) {
    return named(WordList.class, name);
  }

  /// The entries of a list that lies beside a class.
  public static List<String> named(Class<?> home, String name) {
    try (InputStream in =
            Objects.requireNonNull(home.getResourceAsStream(name), () -> name + " is missing");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
