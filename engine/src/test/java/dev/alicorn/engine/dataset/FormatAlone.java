package dev.alicorn.engine.dataset;

import dev.alicorn.protocol.RecordId;
import java.nio.file.Path;
import java.util.List;

/// One dataset format fed with rows that are ready, for measuring it.
public final class FormatAlone {
  private FormatAlone() {}

  /// Writes a dataset in one format; the rows come again and again, each time as further records.
  ///
  /// @param facts of a dataset of these rows
  /// @param times how often they come
  public static void write(
      Path target, DatasetFacts facts, List<DatasetRow> rows, int times, String format)
      throws Exception {
    long span = rows.getLast().id().ordinal();
    DatasetFacts all =
        new DatasetFacts(
            facts.job(),
            facts.name(),
            facts.seq(),
            facts.recipe(),
            facts.recipeJson(),
            facts.vectors(),
            facts.captions() * times,
            facts.samples() * times,
            facts.captionOutcomes(),
            facts.sampleOutcomes(),
            facts.ladder(),
            facts.findings(),
            facts.version());
    try (DatasetFolder folder =
        DatasetFolder.create(target, all, DatasetFormats.named(List.of(format), true))) {
      for (int time = 0; time < times; time++) {
        long before = time * span;
        folder.add(
            rows.stream()
                .map(row -> under(new RecordId(before + row.id().ordinal()), row))
                .toList());
      }
      folder.finish();
    }
  }

  private static DatasetRow under(RecordId id, DatasetRow row) {
    return switch (row) {
      case CaptionRow it -> new CaptionRow(id, it.caption(), it.vector(), it.lineage());
      case SampleRow it ->
          new SampleRow(id, it.task(), it.caption(), it.pairs(), it.vector(), it.lineage());
    };
  }
}
