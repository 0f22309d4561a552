package dev.alicorn.gateway.doctor;

import dev.alicorn.gpuworker.model.Model;
import dev.alicorn.gpuworker.model.ModelCatalogue;
import dev.alicorn.gpuworker.model.ModelException;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/// Whether a model of the catalogue is in the models folder, byte for byte.
///
/// @param id what the deployment calls it
/// @param use what the deployment uses it for
record ModelCheck(String id, Model.Use use, ModelStore models) implements Check {

  @Override
  public String subject() {
    return "model " + id;
  }

  /// Long enough for tens of GB from a slow disk.
  @Override
  public Duration deadline() {
    return Duration.ofMinutes(5);
  }

  @Override
  public Diagnosis look() {
    Optional<Model> model = ModelCatalogue.find(id, use);
    return model.isPresent() ? look(model.get()) : unknown(id, use);
  }

  private Diagnosis look(Model model) {
    String fetching =
        "the first run that needs it fetches it, or `./alicorn models pull " + id + "` does";
    if (Files.notExists(models.path(model))) {
      return Diagnosis.none("not fetched (" + Figures.bytes(model.bytes()) + "); " + fetching);
    }
    try {
      return models.holds(model, Progress.NONE)
          ? Diagnosis.ok(
              Figures.bytes(model.bytes()) + " with the right SHA-256, " + models.path(model))
          : Diagnosis.warn(models.path(model) + " is damaged or not whole; " + fetching + " again");
    } catch (ModelException e) {
      return Diagnosis.fail(String.valueOf(e.getMessage()));
    }
  }

  static Diagnosis unknown(String id, Model.Use use) {
    return Diagnosis.fail(
        "the catalogue has no %s %s; it has %s".formatted(use.noun(), id, ModelCatalogue.ids(use)));
  }
}
