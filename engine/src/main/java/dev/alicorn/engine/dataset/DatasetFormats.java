package dev.alicorn.engine.dataset;

import dev.alicorn.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The dataset formats there are.
public final class DatasetFormats {
  private static final String KEY = "dataset.formats";
  private static final List<DatasetFormat> ALL =
      List.of(
          new ParquetFormat(Shards.ROWS_PER_SHARD),
          new TrainerFormat(Shards.ROWS_PER_SHARD),
          new JsonlFormat(),
          new SafetensorsFormat(Shards.ROWS_PER_SHARD),
          new NpyFormat(Shards.ROWS_PER_SHARD),
          new WebDatasetFormat(Shards.ROWS_PER_TAR));

  private DatasetFormats() {}

  public static List<DatasetFormat> all() {
    return ALL;
  }

  /// The formats of these names, in the order of [#all()].
  ///
  /// @param vectors whether the dataset has vectors
  /// @throws ConfigException where a name is none of them, or its format is for vectors alone and
  ///   there are none
  public static List<DatasetFormat> named(List<String> names, boolean vectors)
      throws ConfigException {
    List<DatasetFormat> chosen = new ArrayList<>(ALL);
    chosen.removeIf(format -> !names.contains(format.name()));
    for (String name : names) {
      if (chosen.stream().noneMatch(format -> format.name().equals(name))) {
        throw new ConfigException(
            KEY,
            "there is no format \"%s\"; choose from %s"
                .formatted(
                    name, ALL.stream().map(DatasetFormat::name).collect(Collectors.joining(", "))));
      }
    }
    for (DatasetFormat format : chosen) {
      if (format.needsVectors() && !vectors) {
        throw new ConfigException(
            KEY,
            "\"%s\" holds vectors and the job has no encoder to make them; name another format, or"
                    .formatted(format.name())
                + " an encoder in a new job");
      }
    }
    return List.copyOf(chosen);
  }
}
