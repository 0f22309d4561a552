package dev.alicorn.gateway.cli;

import dev.alicorn.gpuworker.model.Model;
import dev.alicorn.gpuworker.model.ModelCatalogue;
import dev.alicorn.gpuworker.model.ModelFile;
import dev.alicorn.gpuworker.model.ModelStore;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `alicorn models`: what can be fetched by name.
@Command(name = "models", description = "Lists the model catalogue, or fetches a model.")
final class ModelsCommand {
  @Spec private CommandSpec command = CommandSpec.create();

  @Command(name = "list", description = "Lists the models of the catalogue.")
  int list(@Mixin DeploymentOptions options) {
    ModelStore store = new ModelStore(options.modelsFolder());
    PrintWriter out = command.commandLine().getOut();
    for (Model model : ModelCatalogue.all()) {
      out.println(
          "%s  %s  %d MB  %s  %s"
              .formatted(
                  model.id(),
                  model.use().noun(),
                  model.bytes() / 1_000_000,
                  model.licence(),
                  store.has(model) ? "in " + store.path(model) : "not fetched"));
      for (ModelFile file : model.files()) {
        out.println("  " + file.path() + "  sha256 " + file.sha256());
      }
    }
    return ExitCode.DONE.code();
  }

  @Command(name = "pull", description = "Fetches a model and checks it.")
  int pull(@Parameters(paramLabel = "ID") String id, @Mixin DeploymentOptions options)
      throws Exception {
    Model model =
        ModelCatalogue.find(id)
            .orElseThrow(() ->
                new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "there is no model "
                        + id
                        + "; the catalogue has "
                        + ModelCatalogue.all().stream().map(Model::id).toList()));
    try (Downloads downloads = new Downloads()) {
      command
          .commandLine()
          .getOut()
          .println(new ModelStore(options.modelsFolder()).fetch(model, downloads));
    }
    return ExitCode.DONE.code();
  }
}
