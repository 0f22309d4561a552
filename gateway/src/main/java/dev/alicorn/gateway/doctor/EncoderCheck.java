package dev.alicorn.gateway.doctor;

import dev.alicorn.config.EncoderConfig;
import dev.alicorn.config.EncoderSource;
import dev.alicorn.gpuworker.CaptionEncoder;
import dev.alicorn.gpuworker.EncoderBackend;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.folder.EncoderFolder;
import dev.alicorn.gpuworker.model.Model;
import dev.alicorn.gpuworker.model.ModelCatalogue;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import dev.alicorn.protocol.RecordId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Whether an encoder opens and turns a caption into a vector.
///
/// @param name what the deployment calls it
record EncoderCheck(String name, EncoderConfig config, ModelStore models) implements Check {
  private static final String CAPTION =
      "A wooden rowing boat lies upside down on a pebble beach, its blue paint flaking in the sun.";

  private static final int BATCH_TOKENS_MAX = 1_024;

  @Override
  public String subject() {
    return "encoder " + name;
  }

  /// Long enough for weights of several GB.
  @Override
  public Duration deadline() {
    return Duration.ofMinutes(2);
  }

  @Override
  public Verdict whenLate() {
    return Verdict.WARN;
  }

  @Override
  public Diagnosis look() {
    return switch (config) {
      case EncoderConfig.Local local -> look(local, models);
      case EncoderConfig.Remote _ ->
          Diagnosis.none("not tried, since its workers join from elsewhere");
    };
  }

  private static Diagnosis look(EncoderConfig.Local config, ModelStore models) {
    return switch (config.source()) {
      case EncoderSource.Folder own -> encode(config, own.path());
      case EncoderSource.Catalogue(String id) -> {
        Optional<Model> model = ModelCatalogue.find(id, Model.Use.ENCODER);
        if (model.isEmpty()) {
          yield ModelCheck.unknown(id, Model.Use.ENCODER);
        }
        yield models.has(model.get())
            ? encode(config, models.path(model.get()))
            : Diagnosis.none("not tried, since " + id + " is not fetched");
      }
    };
  }

  private static Diagnosis encode(EncoderConfig.Local config, Path folder) {
    long start = System.nanoTime();
    try (CaptionEncoder encoder =
        new CaptionEncoder(
            EncoderBackend.open(config, EncoderFolder.read(folder)), 1, BATCH_TOKENS_MAX)) {
      Duration opening = Duration.ofNanos(System.nanoTime() - start);
      EncodeBatch batch = new EncodeBatch(List.of(new EncodeBatch.Item(new RecordId(1), CAPTION)));
      long opened = System.nanoTime();
      EncodedBatch.Result result = encoder.encode(batch).results().getFirst();
      Duration encoding = Duration.ofNanos(System.nanoTime() - opened);
      return switch (result) {
        case EncodedBatch.Encoded encoded ->
            Diagnosis.ok(
                "%s, %s dimensions, opened in %s, its first caption in %s"
                    .formatted(
                        encoder.encoder().description().name(),
                        encoded.vector().dimension(),
                        Figures.time(opening),
                        Figures.time(encoding)));
        case EncodedBatch.Rejected rejected ->
            Diagnosis.fail(rejected.reason() + "; use another encoder");
      };
    } catch (EncoderException e) {
      return Diagnosis.fail(String.valueOf(e.getMessage()));
    }
  }
}
