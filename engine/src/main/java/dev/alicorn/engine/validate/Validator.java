package dev.alicorn.engine.validate;

import dev.alicorn.engine.dataset.DatasetSet;
import dev.alicorn.engine.dataset.read.DatasetSource;
import dev.alicorn.engine.dataset.read.FormatSource;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// The checks of a dataset folder: its manifest if it has one, and every row and vector of every
/// format, by themselves and against each other.
public final class Validator {
  private final DatasetSource source;
  private final List<FormatSource> formats;
  private final Findings findings;
  private final IdTable ids = new IdTable();

  private Validator(DatasetSource source, Findings findings) {
    this.source = source;
    this.formats = source.formats();
    if (formats.size() > Bits.FORMATS_MAX) {
      throw new IllegalStateException("an id has bits for " + Bits.FORMATS_MAX + " formats");
    }
    this.findings = findings;
  }

  /// Checks a folder.
  ///
  /// @param sink takes each finding that is listed as it is made, in an order that depends on the
  ///   folder alone
  /// @throws NotDirectoryException where the folder is none
  /// @throws NoDatasetException where nothing in it is of a dataset
  public static Validation validate(Path folder, Consumer<Finding> sink)
      throws NoDatasetException, IOException {
    return new Validator(DatasetSource.open(folder), new Findings(sink)).run();
  }

  private Validation run() throws NoDatasetException, IOException {
    if (formats.isEmpty() && !source.files().contains(ManifestCheck.FILE)) {
      throw new NoDatasetException(
          source.folder()
              + " has neither a manifest nor a file of a dataset's format; name a dataset's"
              + " folder");
    }
    Optional<ManifestCheck> manifest = ManifestCheck.read(source.folder(), findings);
    if (manifest.isPresent()) {
      manifest.get().files(source.folder(), source.files(), findings);
      manifest.get().counts(findings);
      manifest.get().warn(findings);
    }
    VectorScan vectors =
        new VectorScan(
            formats,
            manifest.map(ManifestCheck::dimension).orElse(OptionalInt.empty()),
            manifest.flatMap(ManifestCheck::precision),
            ids,
            findings);
    long[] embeddings = new long[formats.size()];
    for (int format = 0; format < formats.size(); format++) {
      Optional<Boolean> normalised = manifest.flatMap(ManifestCheck::normalised);
      embeddings[format] = vectors.run(format, DatasetSet.PRETRAIN, normalised);
      vectors.run(format, DatasetSet.INSTRUCT, normalised);
    }
    RowScan rows = new RowScan(formats, vectors, ids, findings);
    List<FormatSeen> seen = new ArrayList<>();
    for (int format = 0; format < formats.size(); format++) {
      seen.add(
          new FormatSeen(
              formats.get(format).name(),
              rows(rows, format, DatasetSet.PRETRAIN, manifest),
              rows(rows, format, DatasetSet.INSTRUCT, manifest),
              embeddings[format]));
    }
    for (DatasetSet set : DatasetSet.values()) {
      rows.compareIds(set);
    }
    warn(vectors, rows, seen);
    return new Validation(seen, findings.count(), findings.unlisted(), findings.warnings());
  }

  private long rows(RowScan scan, int format, DatasetSet set, Optional<ManifestCheck> manifest)
      throws IOException {
    long rows = scan.run(format, set);
    List<String> files = formats.get(format).rowFiles(set);
    if (!files.isEmpty()
        && scan.complete(format, set)
        && manifest.isPresent()
        && manifest.get().complete()) {
      OptionalLong expected = manifest.get().rows(set.key());
      if (expected.isPresent() && expected.getAsLong() != rows) {
        findings.add(
            Check.WRONG_ROW_COUNT,
            files.getFirst(),
            "the set has %s rows, not the manifest's %s; copy its files again"
                .formatted(rows, expected.getAsLong()));
      }
    }
    return rows;
  }

  private void warn(VectorScan vectors, RowScan rowScan, List<FormatSeen> seen) {
    int anyRow = 0;
    for (int format = 0; format < formats.size(); format++) {
      anyRow |= Bits.rowsOfAnySet(format);
    }
    boolean rows = seen.stream().anyMatch(format -> format.pretrain() + format.instruct() > 0);
    for (int format = 0; format < formats.size(); format++) {
      String name = formats.get(format).name();
      if (!vectors.complete(format, DatasetSet.PRETRAIN)
          || !vectors.complete(format, DatasetSet.INSTRUCT)) {
        findings.warn(
            "rows were not matched with the embeddings of %s, of which some could not be read"
                .formatted(name));
      }
      FormatSeen here = seen.get(format);
      boolean own = here.pretrain() + here.instruct() > 0;
      int some = Bits.vector(format, DatasetSet.PRETRAIN);
      long unused = ids.count(some, own ? Bits.rowsOfAnySet(format) : anyRow);
      if (rows && unused > 0 && rowScan.complete(format, DatasetSet.PRETRAIN)) {
        findings.warn(
            "%s of %s embeddings of %s belong to no row"
                .formatted(unused, ids.count(some, 0), name));
      }
    }
    if (rows && seen.stream().allMatch(format -> format.vectors() == 0)) {
      findings.warn("there are no embeddings: the dataset has text only");
    }
  }
}
