package dev.alicorn.gpuworker.llama;

import dev.alicorn.gpuworker.model.ModelCatalogue;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import java.nio.file.Path;

/// The real language model, fetched once a machine.
final class LocalModel {
  private LocalModel() {}

  static Path file() throws Exception {
    return new ModelStore(ModelStore.defaultFolder(System.getenv()))
        .fetch(ModelCatalogue.SMOLLM2_135M_INSTRUCT, Progress.NONE);
  }

  static LlamaServerSettings settings(Path file) {
    return new LlamaServerSettings(file, "small", 1, 2, 512, 1, 0);
  }
}
