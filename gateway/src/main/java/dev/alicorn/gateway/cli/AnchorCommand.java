package dev.alicorn.gateway.cli;

import dev.alicorn.engine.anchor.AnchorException;
import dev.alicorn.engine.anchor.AnchorStatistics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `alicorn anchor`: statistics of image embeddings, for the transfer method re-align.
@Command(
    name = "anchor",
    description =
        "Takes mean and trace of image embeddings, about 10,000 of any images by the image encoder of the captions' model, for transfer.method = re-align.")
final class AnchorCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "npy or safetensors of [images, dimension], or Parquet with a column of lists; of float16, 32 or 64.")
  private List<Path> files = List.of();

  @Option(
      names = "--out",
      paramLabel = "ANCHOR",
      description = "Where the anchor will lie; must not exist (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("anchor.safetensors");

  @Option(
      names = "--tensor",
      paramLabel = "NAME",
      description = "Which tensor, where a safetensors file has several matrices.")
  private @Nullable String tensor;

  @Option(
      names = "--column",
      paramLabel = "NAME",
      description = "Which column, where a Parquet file has several of lists of floats.")
  private @Nullable String column;

  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      description =
          "A dataset by the same encoder: tells how far its captions are from the images.")
  private @Nullable Path dataset;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (Files.exists(out)) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, out + " exists already; name another file with --out");
    }
    AnchorStatistics statistics =
        AnchorStatistics.of(files, Optional.ofNullable(tensor), Optional.ofNullable(column));
    Optional<Double> gap =
        dataset == null ? Optional.empty() : Optional.of(gap(statistics, dataset));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    statistics.write(bytes);
    Files.write(out, bytes.toByteArray(), StandardOpenOption.CREATE_NEW);
    tell(statistics, gap);
    return ExitCode.DONE.code();
  }

  private static double gap(AnchorStatistics statistics, Path dataset)
      throws AnchorException, IOException {
    Path file = dataset.resolve("transfer.safetensors");
    double[] captions = AnchorStatistics.vector(file, "mu_text");
    if (captions.length != statistics.dimension()) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "%s has captions of %s dimensions and the images have %s; name a dataset by the same encoder"
              .formatted(file, captions.length, statistics.dimension()));
    }
    return statistics.distance(captions);
  }

  private void tell(AnchorStatistics statistics, Optional<Double> gap) {
    PrintWriter console = command.commandLine().getOut();
    console.println(out);
    console.println("images               " + statistics.rows());
    console.println("dimension            " + statistics.dimension());
    console.println("trace                " + rounded(statistics.trace()));
    console.println("length of the mean   " + rounded(statistics.meanLength()));
    gap.ifPresent(distance -> console.println("gap to the captions  " + rounded(distance)));
    console.println(
        "gap by mean-shift    "
            + rounded(statistics.meanLength())
            + ", if images are not shifted too: the captions' mean is moved to 0");
    console.println("use it:  transfer { method = re-align, anchor = \"" + out + "\" }");
  }

  private static String rounded(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }
}
