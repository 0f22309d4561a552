package dev.alicorn.gateway.cli;

import dev.alicorn.engine.report.DatasetReport;
import dev.alicorn.engine.report.Verdict;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `alicorn report`: the quality of a dataset in figures, before a training is paid for.
@Command(
    name = "report",
    description =
        "Writes report.html and report.json into a dataset's folder: figures of captions, instructions and embeddings beside published ones, with a verdict for each group. A second dataset is set beside the first.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "DATASET_DIR",
      description = "The dataset's folder; a manifest is not needed.")
  private Path dataset = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OTHER_DIR",
      description = "A dataset to compare with.")
  private @Nullable Path other;

  @Option(
      names = "--anchor",
      paramLabel = "FILE",
      description =
          "Statistics of images by the same model, as `alicorn anchor` writes them: tells the gap.")
  private @Nullable Path anchor;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the report will lie, over an older one (default: the dataset's folder).")
  private @Nullable Path out;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    requireFolder(dataset);
    if (other != null) {
      requireFolder(other);
    }
    Path target = out != null ? out : dataset;
    List<DatasetReport.Found> found;
    try (ReportProgress progress = new ReportProgress(ProgressView.ofTerminal())) {
      found =
          DatasetReport.write(
              dataset,
              Optional.ofNullable(other),
              Optional.ofNullable(anchor),
              target,
              progress::at);
    }
    PrintWriter console = command.commandLine().getOut();
    found.forEach(each -> tell(console, each, found.size() > 1));
    console.println(target.resolve(DatasetReport.PAGE));
    return ExitCode.DONE.code();
  }

  private static void requireFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, folder + " is no folder; name a dataset's folder");
    }
  }

  private static void tell(PrintWriter console, DatasetReport.Found found, boolean named) {
    if (named) {
      console.println(found.name());
    }
    for (Verdict verdict : found.verdicts()) {
      console.println(
          "%-13s %-5s %s"
              .formatted(verdict.group().key(), verdict.level().key(), verdict.reason())
              .stripTrailing());
    }
  }
}
