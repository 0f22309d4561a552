package dev.alicorn.bench.measure;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BinaryOperator;

/// What the parts of one bench have found so far, kept in `.alicorn/BENCH` from run to run.
///
/// @param byPart the figures of each part that was measured, by its number
/// @param <F> a record that Jackson can write and read
public record PartFigures<F>(SequencedMap<Integer, F> byPart) {
  private static final Path PARENT = Path.of(".alicorn");
  private static final JsonMapper JSON = new JsonMapper();

  /// Measures a part, beside what earlier runs found of the others; part 1 begins anew.
  public static <F> PartFigures<F> measure(
      String bench, Part part, Class<F> type, Callable<F> measurement) throws Exception {
    Path done = PARENT.resolve(bench).resolve(part.units() + "-" + part.parts());
    Files.createDirectories(done);
    if (part.number() == 1) {
      for (int number = 1; number <= part.parts(); number++) {
        Files.deleteIfExists(file(done, number));
      }
    }
    JSON.writeValue(file(done, part.number()).toFile(), measurement.call());
    return read(done, part.parts(), type);
  }

  private static <F> PartFigures<F> read(Path done, int parts, Class<F> type) throws IOException {
    SequencedMap<Integer, F> byPart = new TreeMap<>();
    for (int number = 1; number <= parts; number++) {
      if (Files.exists(file(done, number))) {
        byPart.put(number, JSON.readValue(file(done, number).toFile(), type));
      }
    }
    return new PartFigures<>(byPart);
  }

  private static Path file(Path done, int number) {
    return done.resolve(number + ".json");
  }

  /// All of them together.
  public F total(BinaryOperator<F> plus) {
    Collection<F> all = byPart.values();
    return all.stream().reduce(plus).orElseThrow();
  }
}
