package dev.alicorn.engine.seed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.alicorn.config.BuiltinSeeds;
import dev.alicorn.config.ConfigException;
import dev.alicorn.protocol.SeedSource;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A job's seed rows: its sources one after the other, in the spec's order, streamed.
///
/// Blank lines are no rows. A row without a usable text is [SeedRow.Refused] and the reading goes
/// on.
public final class SeedReader implements Iterator<SeedRow>, Closeable {
  /// Longest seed, in characters; a caption seed is a sentence or two.
  public static final int SEED_CHARS_MAX = 8_192;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxStringLength(SeedLines.LINE_BYTES_MAX)
                  .build())
          .build();

  private final List<SeedSource> sources;
  private final Path baseFolder;
  private int source = -1;
  private @Nullable SeedLines lines;
  private @Nullable SeedRow ahead;

  public SeedReader(List<SeedSource> sources, Path baseFolder) {
    this.sources = List.copyOf(sources);
    this.baseFolder = baseFolder;
  }

  /// Refuses sources that cannot be opened, before anything is made of the others.
  public static void check(List<SeedSource> sources, Path baseFolder) {
    for (int i = 0; i < sources.size(); i++) {
      try (InputStream opened = open(sources.get(i), i, baseFolder)) {
        opened.read();
      } catch (IOException e) {
        throw unreadable(i, e);
      }
    }
  }

  @Override
  public boolean hasNext() {
    if (ahead == null) {
      ahead = read();
    }
    return ahead != null;
  }

  @Override
  public SeedRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no seed is left");
    }
    SeedRow row = java.util.Objects.requireNonNull(ahead);
    ahead = null;
    return row;
  }

  private @Nullable SeedRow read() {
    try {
      while (true) {
        if (lines == null) {
          if (++source >= sources.size()) {
            return null;
          }
          lines = new SeedLines(open(sources.get(source), source, baseFolder));
        }
        SeedLines.Line line = lines.next();
        if (line == null) {
          close();
          continue;
        }
        String key = Long.toString(line.number());
        switch (line) {
          case SeedLines.Line.Broken(long _, String reason) -> {
            return new SeedRow.Refused(source, key, reason);
          }
          case SeedLines.Line.Text(long _, String text) -> {
            if (!text.isBlank()) {
              return row(sources.get(source), key, text);
            }
          }
        }
      }
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  private SeedRow row(SeedSource from, String key, String line) throws IOException {
    String text = line;
    if (from instanceof SeedSource.File(String _, Optional<String> field, Optional<String> _)
        && field.isPresent()) {
      try {
        String value = field(line, field.get());
        if (value == null) {
          return new SeedRow.Refused(
              source, key, "the line has no text at \"" + field.get() + "\"");
        }
        text = value;
      } catch (JsonProcessingException e) {
        return new SeedRow.Refused(
            source, key, "the line is not a JSON object: " + e.getOriginalMessage());
      }
    }
    text = text.strip();
    if (text.isEmpty()) {
      return new SeedRow.Refused(source, key, "the seed is empty");
    }
    if (text.length() > SEED_CHARS_MAX) {
      return new SeedRow.Refused(
          source,
          key,
          "the seed has "
              + text.length()
              + " characters, at most "
              + SEED_CHARS_MAX
              + " are taken");
    }
    return new SeedRow.Seed(source, key, text, Optional.empty());
  }

  /// The string at a key of the line's object, or null.
  private static @Nullable String field(String line, String field) throws IOException {
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new com.fasterxml.jackson.core.JsonParseException(parser, "it starts otherwise");
      }
      String found = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(field);
        JsonToken value = parser.nextToken();
        if (wanted && value == JsonToken.VALUE_STRING) {
          found = parser.getText();
        } else {
          parser.skipChildren();
        }
      }
      return found;
    }
  }

  private static InputStream open(SeedSource from, int index, Path baseFolder) {
    return switch (from) {
      case SeedSource.File(String file, Optional<String> _, Optional<String> groupBy) -> {
        if (groupBy.isPresent()) {
          throw new SeedException(
              "seeds["
                  + index
                  + "].group_by: this version keeps every caption of a file; leave the key out, or group the file beforehand");
        }
        Path path = baseFolder.resolve(file);
        try {
          yield Files.newInputStream(path);
        } catch (IOException e) {
          throw new SeedException(
              "seeds["
                  + index
                  + "]: "
                  + path
                  + " cannot be read ("
                  + e.getClass().getSimpleName()
                  + "); name a file of one seed a line, relative to the job's file",
              e);
        }
      }
      case SeedSource.Builtin(String name) -> builtin(name, index);
      case SeedSource.Labels _ ->
          throw new SeedException(
              "seeds["
                  + index
                  + "].labels: this version has no domain labels; name a file or a built-in set");
      case SeedSource.Stream _ ->
          throw new SeedException(
              "seeds["
                  + index
                  + "].stream: seeds are streamed to a daemon; start `alicorn serve` and submit the job, or name a file");
    };
  }

  private static InputStream builtin(String name, int index) {
    try {
      return new ByteArrayInputStream(
          String.join("\n", BuiltinSeeds.open(name)).getBytes(StandardCharsets.UTF_8));
    } catch (ConfigException e) {
      throw new SeedException("seeds[" + index + "]." + e.getMessage(), e);
    }
  }

  private static SeedException unreadable(int index, IOException e) {
    return new SeedException(
        "seeds["
            + index
            + "]: reading broke off ("
            + e.getMessage()
            + "); mend the file and run the job again, it goes on where it was",
        e);
  }

  @Override
  public void close() throws IOException {
    if (lines != null) {
      lines.close();
      lines = null;
    }
  }
}
