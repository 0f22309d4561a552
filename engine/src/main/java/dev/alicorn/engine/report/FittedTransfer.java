package dev.alicorn.engine.report;

import dev.alicorn.engine.anchor.AnchorException;
import dev.alicorn.engine.anchor.AnchorStatistics;
import dev.alicorn.engine.format.EmbeddingRows;
import dev.alicorn.engine.format.FormatException;
import dev.alicorn.engine.format.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a dataset folder says of how its vectors were moved.
///
/// @param undone the way back to the embeddings
/// @param image mean of the image embeddings that the captions were moved to
record FittedTransfer(UndoneTransfer undone, Optional<double[]> image) {
  private static final String FILE = "transfer.safetensors";

  static FittedTransfer read(Path folder, ManifestFacts manifest) throws IOException {
    Optional<String> method = manifest.text("/transfer/method");
    if (method.isEmpty()) {
      return lost("the folder has no manifest that says how its vectors were moved");
    }
    try {
      return of(method.get(), folder.resolve(FILE), manifest);
    } catch (AnchorException | FormatException e) {
      return lost(FILE + " cannot be read; run ./alicorn validate");
    }
  }

  private static FittedTransfer of(String method, Path file, ManifestFacts manifest)
      throws AnchorException, FormatException, IOException {
    if (!method.equals("none") && !Files.isRegularFile(file)) {
      return lost(FILE + " is missing, which has what the vectors were moved by");
    }
    return switch (method) {
      case "none" -> new FittedTransfer(new UndoneTransfer.Unmoved(), Optional.empty());
      case "mean-shift" ->
          new FittedTransfer(
              new UndoneTransfer.Shift(
                  AnchorStatistics.vector(file, "mu_text"),
                  manifest.manifest().at("/transfer/normalised").asBoolean(true)),
              Optional.empty());
      case "re-align" -> reAlign(file, manifest.number("/transfer/scale"));
      case "c3" -> lost("c3 adds noise, which hides the embeddings; replay with --transfer none");
      default -> lost("the transfer method " + method + " is not known");
    };
  }

  private static FittedTransfer reAlign(Path file, double scale)
      throws AnchorException, FormatException, IOException {
    double[] image = AnchorStatistics.vector(file, "mu_image");
    List<double[]> centroids = new ArrayList<>();
    try (EmbeddingRows rows = SafetensorsFile.open(file, Optional.of("mu_hat"))) {
      double @Nullable [] row;
      while ((row = rows.next()) != null) {
        centroids.add(row.clone());
      }
    }
    double[] text = AnchorStatistics.vector(file, "mu_text");
    return new FittedTransfer(
        new UndoneTransfer.ReAlign(text, image, scale, List.copyOf(centroids)), Optional.of(image));
  }

  private static FittedTransfer lost(String why) {
    return new FittedTransfer(new UndoneTransfer.Lost(why), Optional.empty());
  }
}
