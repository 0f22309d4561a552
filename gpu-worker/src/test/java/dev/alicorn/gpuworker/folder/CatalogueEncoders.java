package dev.alicorn.gpuworker.folder;

import dev.alicorn.gpuworker.model.Model;
import dev.alicorn.gpuworker.model.ModelCatalogue;
import dev.alicorn.gpuworker.model.ModelFile;
import dev.alicorn.gpuworker.model.ModelSource;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import java.nio.file.Path;
import java.util.List;

/// The real encoders of the catalogue, unpacked once from the class path of the tests.
public final class CatalogueEncoders {
  private static final ModelStore STORE = new ModelStore(Path.of("target", "models"));

  private CatalogueEncoders() {}

  public static EncoderFolder minilm() throws Exception {
    return EncoderFolder.read(STORE.fetch(ModelCatalogue.ALL_MINILM_L6_V2, Progress.NONE));
  }

  /// bge-small, out of the jar that the tests have on their class path.
  public static EncoderFolder bge() throws Exception {
    Model bge = ModelCatalogue.BGE_SMALL_EN_V15;
    List<ModelFile> files = bge.files().stream().map(CatalogueEncoders::onClassPath).toList();
    return EncoderFolder.read(
        STORE.fetch(
            new Model(bge.id(), bge.use(), bge.licence(), bge.path(), files), Progress.NONE));
  }

  private static ModelFile onClassPath(ModelFile file) {
    List<ModelSource> sources =
        file.sources().stream()
            .map(source ->
                source instanceof ModelSource.MavenArtifact jar
                    ? new ModelSource.Bundled("/" + jar.member())
                    : source)
            .toList();
    return new ModelFile(file.model(), file.path(), file.bytes(), file.sha256(), sources);
  }
}
