package dev.alicorn.bench.fault;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the parts of a bench found, kept in `.alicorn/BENCH` until its part 1 begins anew.
///
/// @param <T> a record
record KeptParts<T>(Path folder, Class<T> type) {
  private static final JsonMapper JSON = new JsonMapper();

  static <T> KeptParts<T> of(String bench, Part part, Class<T> type) throws IOException {
    Path folder = Path.of(".alicorn", bench, part.count() + "-" + part.parts());
    Files.createDirectories(folder);
    KeptParts<T> kept = new KeptParts<>(folder, type);
    if (part.number() == 1) {
      for (int number = 1; number <= part.parts(); number++) {
        Files.deleteIfExists(kept.file(number));
      }
    }
    return kept;
  }

  void keep(Part part, T found) throws IOException {
    JSON.writeValue(file(part.number()).toFile(), found);
  }

  /// What was found by the parts that were run, in their order.
  List<T> all(Part part) throws IOException {
    List<T> all = new ArrayList<>();
    for (int number = 1; number <= part.parts(); number++) {
      if (Files.exists(file(number))) {
        all.add(JSON.readValue(file(number).toFile(), type));
      }
    }
    return all;
  }

  private Path file(int number) {
    return folder.resolve(number + ".json");
  }
}
