package dev.alicorn.engine.dataset.read;

import dev.alicorn.engine.format.FormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// LLaVA-style conversations, an object a line: every `*.jsonl` that is not the ids of vectors.
record JsonlReader() implements FormatReader {

  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  public FormatFiles find(Path folder, List<String> files) throws IOException {
    FormatFiles found = new FormatFiles();
    for (String file : files) {
      if (file.endsWith(".jsonl")) {
        JsonHead head = JsonHead.of(folder.resolve(file));
        if (file.startsWith("jsonl/") || head.hasRows()) {
          found.addRows(SetName.of(file).orElseGet(head::set), file);
        }
      }
    }
    return found;
  }

  @Override
  public long rows(Path file, String name, Consumer<ReadRow> sink)
      throws FormatException, IOException {
    try (Lines lines = new Lines(file, name, JsonRow::of)) {
      for (Optional<ReadRow> row = lines.next(); row.isPresent(); row = lines.next()) {
        sink.accept(row.get());
      }
      return lines.read();
    }
  }

  @Override
  public long vectors(Path file, String name, Consumer<ReadVector> sink) {
    return 0;
  }
}
