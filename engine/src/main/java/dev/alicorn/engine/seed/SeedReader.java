package dev.alicorn.engine.seed;

import dev.alicorn.config.BuiltinSeeds;
import dev.alicorn.config.ConfigException;
import dev.alicorn.engine.quality.MinHash;
import dev.alicorn.engine.quality.NearDuplicates;
import dev.alicorn.protocol.SeedSource;
import dev.alicorn.protocol.SeedSource.Filter;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A job's seed rows, streamed: its sources one after the other, or in turns as [Turns] has it.
///
/// Of a text that comes several times, in one source or in several, the first is a seed and the
/// others are left out; so are, of a source with a filter, texts that are nearly one that such a
/// source gave before. The rows follow from the sources and the files alone: who reads them again
/// from the beginning meets the same rows in the same order.
public final class SeedReader implements Iterator<SeedRow>, Closeable {
  /// Longest seed, in characters; a caption seed is a sentence or two.
  public static final int SEED_CHARS_MAX = 8_192;

  /// The Jaccard similarity of five-word shingles from which on a text is nearly another.
  static final double SIMILARITY_MIN = 0.7;

  private final List<SeedSource> sources;
  private final Path baseFolder;
  private final Turns turns;
  private final @Nullable SeedStream[] streams;
  private final long[] given;
  private final LongTable texts = new LongTable();
  private final NearDuplicates filtered = new NearDuplicates(SIMILARITY_MIN);
  private @Nullable SeedRow ahead;

  public SeedReader(List<SeedSource> sources, Path baseFolder) {
    this.sources = List.copyOf(sources);
    this.baseFolder = baseFolder;
    this.turns = new Turns(this.sources);
    this.streams = new SeedStream[sources.size()];
    this.given = new long[sources.size()];
  }

  /// Refuses sources that cannot be opened, before anything is made of the others.
  public static void check(List<SeedSource> sources, Path baseFolder) {
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i) instanceof SeedSource.File file) {
        SeedPlace place = new SeedPlace(i, baseFolder.resolve(file.file()));
        try (FileRows rows = new SeedFile(file, place).open()) {
          rows.next();
        } catch (IOException e) {
          throw place.unreadable(e);
        }
      } else {
        open(sources.get(i), i, baseFolder);
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
    SeedRow row = Objects.requireNonNull(ahead);
    ahead = null;
    return row;
  }

  private @Nullable SeedRow read() {
    while (true) {
      OptionalInt turn = turns.current();
      if (turn.isEmpty()) {
        return null;
      }
      int source = turn.getAsInt();
      SeedRow row = read(source);
      if (row == null) {
        end(source);
      } else if (row instanceof SeedRow.Seed seed) {
        return admitted(seed);
      } else {
        return row;
      }
    }
  }

  private @Nullable SeedRow read(int source) {
    SeedStream stream = streams[source];
    if (stream == null) {
      stream = open(sources.get(source), source, baseFolder);
      streams[source] = stream;
    }
    try {
      return stream.next();
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  /// A seed that its source gives, unless an earlier one is like it.
  private SeedRow admitted(SeedRow.Seed seed) {
    if (texts.raise(TextHash.folded(seed.text()), 1) != 0) {
      return new SeedRow.LeftOut(seed.source(), seed.key(), "the text of an earlier seed");
    }
    if (sources.get(seed.source()) instanceof SeedSource.File file
        && file.filter() == Filter.WEB
        && filtered.add(0, MinHash.of(seed.text())).isPresent()) {
      return new SeedRow.LeftOut(seed.source(), seed.key(), "nearly the text of an earlier seed");
    }
    long limit = sources.get(seed.source()).share().limit().orElse(Long.MAX_VALUE);
    if (++given[seed.source()] == limit) {
      end(seed.source());
    } else {
      turns.given();
    }
    return seed;
  }

  private void end(int source) {
    turns.usedUp();
    try {
      close(source);
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  private SeedException unreadable(int source, IOException e) {
    return sources.get(source) instanceof SeedSource.File file
        ? new SeedPlace(source, baseFolder.resolve(file.file())).unreadable(e)
        : new SeedException("seeds[" + source + "] cannot be read: " + e.getMessage(), e);
  }

  private static SeedStream open(SeedSource from, int index, Path baseFolder) {
    return switch (from) {
      case SeedSource.File file -> {
        SeedPlace place = new SeedPlace(index, baseFolder.resolve(file.file()));
        yield new FileSeeds(
            index, () -> new SeedFile(file, place).open(), file.filter(), file.groupBy());
      }
      case SeedSource.Builtin builtin -> builtin(builtin.name(), index);
      case SeedSource.Labels labels -> new LabelSeeds(labels, index, baseFolder);
      case SeedSource.Stream _ ->
          throw new SeedException(
              "seeds["
                  + index
                  + "].stream: seeds are streamed to a daemon; start `alicorn serve` and submit the job, or name a file");
    };
  }

  private static SeedStream builtin(String name, int index) {
    byte[] lines;
    try {
      lines = String.join("\n", BuiltinSeeds.open(name)).getBytes(StandardCharsets.UTF_8);
    } catch (ConfigException e) {
      throw new SeedException("seeds[" + index + "]." + e.getMessage(), e);
    }
    return new FileSeeds(
        index,
        () -> LineRows.ofText(new SeedLines(new ByteArrayInputStream(lines))),
        Filter.NONE,
        Optional.empty());
  }

  private void close(int source) throws IOException {
    SeedStream stream = streams[source];
    if (stream != null) {
      stream.close();
    }
  }

  @Override
  public void close() throws IOException {
    for (int source = 0; source < streams.length; source++) {
      close(source);
    }
  }
}
