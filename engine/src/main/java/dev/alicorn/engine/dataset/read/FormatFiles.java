package dev.alicorn.engine.dataset.read;

import dev.alicorn.engine.dataset.DatasetSet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A format's files in a folder, by set and by what is read from them; one may hold both.
final class FormatFiles {
  private final Map<DatasetSet, List<String>> rows = new EnumMap<>(DatasetSet.class);
  private final Map<DatasetSet, List<String>> vectors = new EnumMap<>(DatasetSet.class);

  FormatFiles() {
    for (DatasetSet set : DatasetSet.values()) {
      rows.put(set, new ArrayList<>());
      vectors.put(set, new ArrayList<>());
    }
  }

  void addRows(DatasetSet set, String file) {
    rows(set).add(file);
  }

  void addVectors(DatasetSet set, String file) {
    vectors(set).add(file);
  }

  List<String> rows(DatasetSet set) {
    return rows.getOrDefault(set, List.of());
  }

  List<String> vectors(DatasetSet set) {
    return vectors.getOrDefault(set, List.of());
  }

  boolean isEmpty() {
    return rows.values().stream().allMatch(List::isEmpty)
        && vectors.values().stream().allMatch(List::isEmpty);
  }
}
