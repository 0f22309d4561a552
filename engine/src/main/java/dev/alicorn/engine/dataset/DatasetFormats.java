package dev.alicorn.engine.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The dataset formats there are.
public final class DatasetFormats {
  private static final List<DatasetFormat> ALL =
      List.of(
          new ParquetFormat(Shards.ROWS_PER_SHARD), //
          new TrainerFormat(Shards.ROWS_PER_SHARD));

  private DatasetFormats() {}

  public static List<DatasetFormat> all() {
    return ALL;
  }

  /// The formats of these names, in the order of [#all()].
  ///
  /// @throws DatasetException where a name is none of them
  public static List<DatasetFormat> named(List<String> names) throws DatasetException {
    for (String name : names) {
      if (ALL.stream().noneMatch(format -> format.name().equals(name))) {
        throw new DatasetException(
            "dataset.formats: there is no format \"%s\"; choose from %s"
                .formatted(
                    name, ALL.stream().map(DatasetFormat::name).collect(Collectors.joining(", "))));
      }
    }
    List<DatasetFormat> chosen = new ArrayList<>(ALL);
    chosen.removeIf(format -> !names.contains(format.name()));
    return List.copyOf(chosen);
  }
}
