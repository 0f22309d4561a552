package dev.alicorn.engine.report;

import dev.alicorn.engine.anchor.AnchorException;
import dev.alicorn.engine.anchor.AnchorStatistics;
import dev.alicorn.engine.dataset.DatasetException;
import dev.alicorn.engine.dataset.DatasetSet;
import dev.alicorn.engine.dataset.read.DatasetSource;
import dev.alicorn.engine.dataset.read.FormatSource;
import dev.alicorn.engine.report.About.Fact;
import dev.alicorn.engine.report.ReportListener.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// The making of a quality report: of one dataset, or of two side by side.
///
/// The same folders give the same bytes. Texts are read first and forgotten before vectors are
/// read: 300 MB for 1.2 million captions, then 250 MB for vectors of 1,280 dimensions.
public final class DatasetReport {
  public static final String PAGE = "report.html";
  public static final String JSON = "report.json";

  private static final int ROWS_APART = 512;

  private final List<Path> folders;
  private final Optional<Path> anchor;
  private final ReportListener listener;
  private final Map<Stage, Long> done = new EnumMap<>(Stage.class);
  private final Map<Stage, OptionalLong> totals = new EnumMap<>(Stage.class);

  private DatasetReport(List<Path> folders, Optional<Path> anchor, ReportListener listener) {
    this.folders = folders;
    this.anchor = anchor;
    this.listener = listener;
  }

  /// What was found of one dataset.
  public record Found(String name, List<Verdict> verdicts) {
    public Found {
      verdicts = List.copyOf(verdicts);
    }
  }

  /// Reads the datasets and writes both files into a folder, in the place of older ones.
  ///
  /// @param other a dataset to compare with
  /// @param anchor statistics of images, as `alicorn anchor` writes them
  /// @return what was found of each dataset
  /// @throws DatasetException where a folder holds no dataset
  public static List<Found> write(
      Path dataset, Optional<Path> other, Optional<Path> anchor, Path out, ReportListener listener)
      throws DatasetException, AnchorException, IOException {
    List<Path> folders = new ArrayList<>(List.of(dataset));
    other.ifPresent(folders::add);
    List<Report> reports = new DatasetReport(folders, anchor, listener).reports();
    Report first = reports.getFirst();
    Optional<Report> second =
        reports.size() == 1 ? Optional.empty() : Optional.of(reports.getLast());
    Files.createDirectories(out);
    put(out, JSON, ReportJson.of(first, second));
    put(out, PAGE, ReportPage.of(first, second).getBytes(StandardCharsets.UTF_8));
    return reports.stream()
        .map(report -> new Found(report.about().name(), report.verdicts()))
        .toList();
  }

  private static void put(Path folder, String name, byte[] bytes) throws IOException {
    Path unfinished = folder.resolve("." + name + ".partial");
    Files.write(unfinished, bytes);
    Files.move(
        unfinished,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private List<Report> reports() throws DatasetException, AnchorException, IOException {
    Optional<double[]> image = Optional.empty();
    if (anchor.isPresent()) {
      image = Optional.of(AnchorStatistics.vector(anchor.get(), "mu_image"));
    }
    List<DatasetSource> sources = new ArrayList<>();
    List<ManifestFacts> manifests = new ArrayList<>();
    for (Path folder : folders) {
      DatasetSource source = DatasetSource.open(folder);
      if (source.withRows(DatasetSet.PRETRAIN).isEmpty()
          && source.withRows(DatasetSet.INSTRUCT).isEmpty()) {
        throw new DatasetException(
            folder + " holds no dataset; name the folder that has its manifest or its sets");
      }
      sources.add(source);
      manifests.add(ManifestFacts.read(folder));
    }
    totals(manifests);
    List<Report> reports = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      reports.add(report(sources.get(i), manifests.get(i), image));
    }
    return reports;
  }

  private void totals(List<ManifestFacts> manifests) {
    for (Stage stage : Stage.values()) {
      DatasetSet set = stage == Stage.INSTRUCTIONS ? DatasetSet.INSTRUCT : DatasetSet.PRETRAIN;
      boolean known = manifests.stream().allMatch(manifest -> manifest.rows(set.key()).isPresent());
      long sum = manifests.stream().mapToLong(manifest -> manifest.rows(set.key()).orElse(0)).sum();
      totals.put(stage, known ? OptionalLong.of(sum) : OptionalLong.empty());
      done.put(stage, 0L);
    }
  }

  private void step(Stage stage) {
    long now = done.merge(stage, 1L, Long::sum);
    OptionalLong total = totals.getOrDefault(stage, OptionalLong.empty());
    if (now % ROWS_APART == 0 || (total.isPresent() && now == total.getAsLong())) {
      listener.at(stage, now, total);
    }
  }

  private Report report(DatasetSource source, ManifestFacts manifest, Optional<double[]> image)
      throws AnchorException, IOException {
    FittedTransfer transfer = FittedTransfer.read(source.folder(), manifest);
    Reading reading = new Reading(source, transfer, this::step);
    Figures figures = new Figures();
    long captions = captions(reading, figures, manifest);
    InstructionTally instructions = reading.instructions();
    instructions.into(figures);
    figures.put(CompositionMeasure.SAMPLES_PER_CAPTION, (double) instructions.samples() / captions);
    figures.put(CompositionMeasure.CAPTIONS_LOST, manifest.lost("captions"));
    figures.put(CompositionMeasure.SAMPLES_LOST, manifest.lost("samples"));
    vectors(reading, figures, manifest, image.or(transfer::image));
    reading.composition(figures);
    return Report.of(about(source, manifest), figures);
  }

  /// The tally, which is large, is forgotten here.
  private static long captions(Reading reading, Figures figures, ManifestFacts manifest)
      throws IOException {
    CaptionTally captions = reading.captions();
    captions.into(figures, manifest.encoderTokensMax());
    return captions.captions();
  }

  private static void vectors(
      Reading reading, Figures figures, ManifestFacts manifest, Optional<double[]> image)
      throws AnchorException, IOException {
    Optional<VectorTally> vectors = reading.vectors(figures);
    if (vectors.isEmpty()) {
      return;
    }
    manifest
        .imageTower()
        .ifPresentOrElse(
            tower -> figures.put(EmbeddingMeasure.IMAGE_TOWER, tower ? 1 : 0),
            () -> figures.absent(EmbeddingMeasure.IMAGE_TOWER, "the folder does not say it"));
    vectors.get().into(figures);
    ImageGap.into(figures, vectors.get(), image, manifest.text("/transfer/method").orElse(""));
  }

  private static About about(DatasetSource source, ManifestFacts manifest) {
    List<Fact> facts = new ArrayList<>();
    fact(facts, "job", "Job", manifest.text("/job/id"));
    fact(facts, "journal_seq", "Journal up to", manifest.text("/job/journal_seq"));
    fact(facts, "recipe_sha256", "Recipe", manifest.text("/recipe_sha256"));
    fact(facts, "encoder", "Encoder", manifest.text("/encoder/name"));
    fact(facts, "dimension", "Dimension", manifest.text("/vectors/dimension"));
    fact(facts, "transfer", "Transfer", manifest.text("/transfer/method"));
    fact(
        facts,
        "formats",
        "Formats",
        Optional.of(
            source.formats().stream().map(FormatSource::name).collect(Collectors.joining(", "))));
    fact(facts, "alicorn", "Made by Alicorn", manifest.text("/alicorn"));
    Path name = source.folder().getFileName();
    String called = manifest.text("/job/name").orElse(name == null ? "dataset" : name.toString());
    // It is printed on terminals, and a manifest may come from anywhere.
    return new About(called.replaceAll("\\p{Cntrl}", " "), facts);
  }

  private static void fact(List<Fact> facts, String key, String label, Optional<String> value) {
    value.ifPresent(text -> facts.add(new Fact(key, label, text)));
  }
}
