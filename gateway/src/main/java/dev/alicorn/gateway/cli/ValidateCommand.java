package dev.alicorn.gateway.cli;

import dev.alicorn.engine.validate.Validation;
import dev.alicorn.engine.validate.Validator;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `alicorn validate`: what would break a trainer, or spoil a training without a word.
@Command(
    name = "validate",
    description = "Checks a dataset folder as the trainers read it; a line for each finding.")
final class ValidateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DATASET_DIR",
      description = "The dataset's folder; a manifest is not needed.")
  private Path folder = Path.of("");

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, folder + " is no folder; name a dataset's folder");
    }
    PrintWriter out = command.commandLine().getOut();
    Validation validation = Validator.validate(folder, out::println);
    validation.warnings().forEach(warning -> out.println("warning: " + warning));
    out.println(
        validation.findings()
            + " findings in "
            + validation.rows()
            + " rows and "
            + validation.embeddings()
            + " embeddings");
    return (validation.findings() == 0 ? ExitCode.DONE : ExitCode.FINDINGS).code();
  }
}
