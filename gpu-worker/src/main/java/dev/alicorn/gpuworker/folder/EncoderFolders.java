package dev.alicorn.gpuworker.folder;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.EncoderFile;
import dev.alicorn.config.EncoderSettings;
import dev.alicorn.config.EncoderSource;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.model.Model;
import dev.alicorn.gpuworker.model.ModelCatalogue;
import dev.alicorn.gpuworker.model.ModelException;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The way from what a deployment says of an encoder to its folder.
public final class EncoderFolders {
  private EncoderFolders() {}

  /// The folder, whose files are fetched first where they are the catalogue's and not there.
  ///
  /// @throws EncoderException where there is no such encoder, or its folder is not whole
  /// @throws ModelException where it cannot be fetched
  public static EncoderFolder open(EncoderSource source, ModelStore models, Progress downloads)
      throws EncoderException, ModelException, InterruptedException {
    return switch (source) {
      case EncoderSource.Folder own -> EncoderFolder.read(own.path());
      case EncoderSource.Catalogue(String id) ->
          EncoderFolder.read(models.fetch(model(id), downloads));
    };
  }

  /// The encoder's settings; nothing is fetched.
  ///
  /// @throws EncoderException where there is no such encoder, or its settings are wrong
  public static EncoderSettings settings(EncoderSource source) throws EncoderException {
    return switch (source) {
      case EncoderSource.Folder own -> EncoderFolder.settings(own.path());
      case EncoderSource.Catalogue(String id) -> catalogueSettings(model(id));
    };
  }

  private static Model model(String id) throws EncoderException {
    return ModelCatalogue.find(id, Model.Use.ENCODER)
        .orElseThrow(() ->
            new EncoderException(
                "encoder model %s: the catalogue has no such encoder; it has %s, and a folder of your own is named by folder"
                    .formatted(id, ModelCatalogue.ids(Model.Use.ENCODER))));
  }

  private static EncoderSettings catalogueSettings(Model model) {
    String resource = model.id() + ".conf";
    try (InputStream in = EncoderFolders.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new AssertionError("no resource " + resource);
      }
      return EncoderFile.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }
}
