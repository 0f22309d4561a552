package dev.alicorn.engine.anchor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A file of named tensors in the safetensors format: the header's length in 8 bytes, a JSON header
/// that says of each tensor what numbers it has, its shape and where it lies, then their bytes.
final class SafetensorsFile {
  private static final int HEADER_BYTES_MAX = 16 << 20;
  private static final String METADATA = "__metadata__";
  private static final ObjectMapper JSON = new ObjectMapper();

  private SafetensorsFile() {}

  /// The rows of a matrix; a vector that is named is one row.
  ///
  /// @param name of the tensor; where empty, the file has one matrix of floats
  static EmbeddingRows open(Path file, Optional<String> name) throws AnchorException, IOException {
    JsonNode header;
    long start;
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      long headerBytes = Long.reverseBytes(in.readLong());
      if (headerBytes < 2 || headerBytes > HEADER_BYTES_MAX) {
        throw unknown(file);
      }
      byte[] json = new byte[(int) headerBytes];
      in.readFully(json);
      header = JSON.readTree(json);
      start = Long.BYTES + headerBytes;
    } catch (EOFException | JsonProcessingException e) {
      throw unknown(file);
    }
    if (!header.isObject()) {
      throw unknown(file);
    }
    String chosen = chosen(file, header, name);
    JsonNode tensor = header.path(chosen);
    JsonNode shape = tensor.path("shape");
    NumberType type =
        type(tensor)
            .orElseThrow(() ->
                new AnchorException(
                    file,
                    "tensor %s has numbers of type %s; save F32, F16, BF16 or F64"
                        .formatted(chosen, tensor.path("dtype").asText())));
    if (shape.size() != 2 && !(shape.size() == 1 && name.isPresent())) {
      throw new AnchorException(
          file, "tensor %s has the shape %s; save [images, dimension]".formatted(chosen, shape));
    }
    MatrixRows.Shape matrix =
        MatrixRows.Shape.of(
            file,
            shape.size() == 1 ? 1 : shape.path(0).asLong(),
            shape.path(shape.size() - 1).asLong());
    long from = tensor.path("data_offsets").path(0).asLong(-1);
    long to = tensor.path("data_offsets").path(1).asLong(-1);
    if (from < 0 || to < from || to > Files.size(file) - start) {
      throw new AnchorException(
          file, "tensor " + chosen + " lies behind the file's end; copy it again");
    }
    return MatrixRows.open(file, start + from, start + to, matrix, type);
  }

  private static String chosen(Path file, JsonNode header, Optional<String> name)
      throws AnchorException {
    Map<String, JsonNode> tensors = new TreeMap<>();
    header
        .properties()
        .forEach(entry -> {
          if (!entry.getKey().equals(METADATA)) {
            tensors.put(entry.getKey(), entry.getValue());
          }
        });
    if (name.isPresent()) {
      if (!tensors.containsKey(name.get())) {
        throw new AnchorException(
            file,
            "it has no tensor %s; --tensor names one of %s"
                .formatted(name.get(), tensors.keySet()));
      }
      return name.get();
    }
    Map<String, JsonNode> matrices = new TreeMap<>(tensors);
    matrices
        .values()
        .removeIf(tensor -> tensor.path("shape").size() != 2 || type(tensor).isEmpty());
    if (matrices.size() != 1) {
      throw new AnchorException(
          file,
          matrices.isEmpty()
              ? "it has no matrix of floats; save [images, dimension]"
              : "it has several matrices; name one of " + matrices.keySet() + " with --tensor");
    }
    return matrices.keySet().iterator().next();
  }

  private static Optional<NumberType> type(JsonNode tensor) {
    return NumberType.ofSafetensors(tensor.path("dtype").asText());
  }

  private static AnchorException unknown(Path file) {
    return new AnchorException(
        file, "it is neither npy nor safetensors nor Parquet; save the embeddings as one of them");
  }
}
