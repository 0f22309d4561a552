package dev.alicorn.engine.validate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The checks of a dataset folder: its manifest if it has one, every JSON set, every pickle of
/// embeddings, every Parquet footer.
///
/// A JSON file is a set of conversations, a pretrain set where `pretrain` is in its name. Memory
/// holds the ids and one row. The rows of other formats are not read: the manifest's digests stand
/// for them.
public final class Validator {
  private static final Set<String> NO_SETS =
      Set.of(ManifestCheck.FILE, "report.json", "dataset_infos.json", "transfer.safetensors");
  private static final List<String> UNREAD =
      List.of(".parquet", ".jsonl", ".safetensors", ".npy", ".tar");
  private static final List<String> SETS = List.of("pretrain", "instruct");

  private final Path folder;
  private final Findings findings;
  private final List<String> files;
  private final IdIndex ids = new IdIndex();

  private Validator(Path folder, List<String> files, Findings findings) {
    this.folder = folder;
    this.files = files;
    this.findings = findings;
  }

  /// Checks a folder.
  ///
  /// @param sink takes each finding as it is made, in an order that depends on the folder alone
  /// @throws NotDirectoryException where the folder is none
  public static Validation validate(Path datasetFolder, Consumer<Finding> sink) throws IOException {
    Path folder = datasetFolder.toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(datasetFolder.toString());
    }
    return new Validator(folder, filesIn(folder), new Findings(sink)).run();
  }

  private Validation run() throws IOException {
    Optional<ManifestCheck> manifest = ManifestCheck.read(folder, findings);
    if (manifest.isPresent()) {
      manifest.get().files(folder, files, findings);
      manifest.get().warn(findings);
    }
    parquet(manifest);
    EmbeddingScan embeddings = embeddings(manifest);
    long rows = sets(manifest, embeddings);
    if (with(".json").isEmpty() && with(".pkl").isEmpty()) {
      if (UNREAD.stream().allMatch(ending -> with(ending).isEmpty())) {
        findings.add(
            Check.NOTHING_TO_CHECK,
            ".",
            "there is no JSON set, no pickle and no file of another format; name a dataset folder");
      } else {
        findings.warn(
            "the rows are not read, since neither JSON sets nor pickles are there: write the trainer"
                + " format to have them checked");
      }
    }
    return new Validation(rows, embeddings.rows(), findings.count(), findings.warnings());
  }

  private EmbeddingScan embeddings(Optional<ManifestCheck> manifest) throws IOException {
    OptionalInt dimension = manifest.map(ManifestCheck::dimension).orElse(OptionalInt.empty());
    EmbeddingScan scan = new EmbeddingScan(dimension, ids, findings);
    for (String file : with(".pkl")) {
      scan.file(file, folder.resolve(file));
    }
    ShardStatistics.compare(scan.shards(), manifest.flatMap(ManifestCheck::normalised), findings);
    return scan;
  }

  private long sets(Optional<ManifestCheck> manifest, EmbeddingScan embeddings) throws IOException {
    boolean pickles = !with(".pkl").isEmpty();
    boolean embeddingsKnown =
        pickles && embeddings.complete() && manifest.map(ManifestCheck::complete).orElse(true);
    List<String> sets = with(".json");
    long rows = 0;
    for (int number = 0; number < sets.size(); number++) {
      String file = sets.get(number);
      long inFile =
          new SetScan(file, number, embeddingsKnown, ids, findings).run(folder.resolve(file));
      rows += inFile;
      if (manifest.isPresent() && file.startsWith("trainer/")) {
        String set = file.substring("trainer/".length(), file.length() - ".json".length());
        rowCount(file, inFile, manifest.get().rows(set));
      }
    }
    if (pickles && !embeddingsKnown) {
      findings.warn(
          "rows were not matched with embeddings, because not every pickle could be read");
    }
    if (!pickles && !sets.isEmpty()) {
      findings.warn("there is no pickle of embeddings");
    }
    if (!sets.isEmpty() && ids.embeddingsUnused() > 0) {
      findings.warn(
          ids.embeddingsUnused() + " of " + ids.embeddings() + " embeddings belong to no row");
    }
    return rows;
  }

  private void parquet(Optional<ManifestCheck> manifest) throws IOException {
    for (String set : SETS) {
      long rows = 0;
      boolean whole = true;
      String first = "";
      for (String file : with(".parquet")) {
        if (!file.startsWith("data/" + set + "-")) {
          continue;
        }
        first = first.isEmpty() ? file : first;
        OptionalLong inFile = ParquetFooter.rows(folder.resolve(file));
        rows += inFile.orElse(0);
        if (inFile.isEmpty()) {
          whole = false;
          findings.add(
              Check.DAMAGED_PARQUET,
              file,
              "the beginning or the end is not Parquet's; copy the file again");
        }
      }
      if (whole && !first.isEmpty() && manifest.isPresent() && manifest.get().complete()) {
        rowCount(first, rows, manifest.get().rows(set));
      }
    }
  }

  private void rowCount(String file, long rows, OptionalLong expected) {
    if (expected.isPresent() && expected.getAsLong() != rows) {
      findings.add(
          Check.WRONG_ROW_COUNT,
          file,
          "the set has " + rows + " rows, not the manifest's " + expected.getAsLong());
    }
  }

  private List<String> with(String ending) {
    return files.stream().filter(file -> file.endsWith(ending) && !NO_SETS.contains(file)).toList();
  }

  /// The files that are not hidden, by path.
  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .filter(file -> !file.startsWith(".") && !file.contains("/."))
          .sorted()
          .toList();
    }
  }
}
