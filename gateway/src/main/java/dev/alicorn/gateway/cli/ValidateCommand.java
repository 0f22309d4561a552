package dev.alicorn.gateway.cli;

import dev.alicorn.engine.validate.Finding;
import dev.alicorn.engine.validate.FormatSeen;
import dev.alicorn.engine.validate.Validation;
import dev.alicorn.engine.validate.Validator;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `alicorn validate`: what would break a trainer, or spoil a training without a word.
@Command(
    name = "validate",
    description =
        "Checks a dataset folder, ours or a stranger's, in all its formats; a line for each finding.")
final class ValidateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DATASET_DIR",
      description = "The dataset's folder; a manifest is not needed.")
  private Path folder = Path.of("");

  @Option(names = "--json", description = "Prints one JSON object, with everything in it.")
  private boolean json;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, folder + " is no folder; name a dataset's folder");
    }
    PrintWriter out = command.commandLine().getOut();
    List<Finding> findings = new ArrayList<>();
    long start = System.nanoTime();
    Validation validation = Validator.validate(folder, json ? findings::add : out::println);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (json) {
      out.println(ValidationJson.of(validation, findings, took));
    } else {
      print(out, validation, took);
    }
    return (validation.clean() ? ExitCode.DONE : ExitCode.FINDINGS).code();
  }

  private static void print(PrintWriter out, Validation validation, Duration took) {
    validation
        .unlisted()
        .forEach((check, count) ->
            out.println("and " + count + " more findings like these [" + check.key() + "]"));
    validation.warnings().forEach(warning -> out.println("warning: " + warning));
    out.println(
        "%s in %s rows and %s embeddings (%s), %s s"
            .formatted(
                validation.findings() == 1 ? "1 finding" : validation.findings() + " findings",
                validation.rows(),
                validation.embeddings(),
                validation.formats().stream()
                    .map(FormatSeen::name)
                    .collect(Collectors.joining(", ")),
                String.format(Locale.ROOT, "%.1f", took.toMillis() / 1e3)));
  }
}
