package dev.alicorn.engine.format;

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
public final class SafetensorsFile {
  private static final int HEADER_BYTES_MAX = 16 << 20;
  private static final String EMBEDDINGS = "embeddings";
  private static final String METADATA = "__metadata__";
  private static final ObjectMapper JSON = new ObjectMapper();

  private SafetensorsFile() {}

  /// The rows of a matrix; a vector that is named is one row.
  ///
  /// @param name of the tensor; where empty, the file has one matrix of floats
  public static EmbeddingRows open(Path file, Optional<String> name)
      throws FormatException, IOException {
    Header header = header(file);
    String chosen = chosen(header.tensors(), name);
    JsonNode tensor = header.tensors().path(chosen);
    JsonNode shape = tensor.path("shape");
    NumberType type =
        type(tensor)
            .orElseThrow(() ->
                new FormatException(
                    Fault.WRONG_NUMBER_TYPE,
                    "tensor %s has numbers of type %s; save F32, F16, BF16 or F64"
                        .formatted(chosen, tensor.path("dtype").asText())));
    if (shape.size() != 2 && !(shape.size() == 1 && name.isPresent())) {
      throw new FormatException(
          Fault.WRONG_DIMENSION,
          "tensor %s has the shape %s; save [rows, dimension]".formatted(chosen, shape));
    }
    MatrixRows.Shape matrix =
        MatrixRows.Shape.of(
            shape.size() == 1 ? 1 : shape.path(0).asLong(), shape.path(shape.size() - 1).asLong());
    long from = header.start() + offset(tensor, 0);
    long to = header.start() + offset(tensor, 1);
    if (from < header.start() || to < from || to > header.end()) {
      throw damaged("tensor " + chosen + " lies behind the file's end; copy it again");
    }
    requireNoGaps(header);
    return MatrixRows.open(file, from, to, matrix, type, Fault.DAMAGED_SAFETENSORS);
  }

  /// The rows of the tensor `embeddings`, or of the only matrix.
  public static EmbeddingRows embeddings(Path file) throws FormatException, IOException {
    boolean named = header(file).tensors().has(EMBEDDINGS);
    return open(file, named ? Optional.of(EMBEDDINGS) : Optional.empty());
  }

  /// @param start where the first tensor begins
  /// @param end the file's
  private record Header(JsonNode tensors, long start, long end) {}

  private static Header header(Path file) throws FormatException, IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      long headerBytes = Long.reverseBytes(in.readLong());
      if (headerBytes < 2 || headerBytes > HEADER_BYTES_MAX) {
        throw unknown();
      }
      byte[] json = new byte[(int) headerBytes];
      in.readFully(json);
      JsonNode tensors = JSON.readTree(json);
      if (!tensors.isObject()) {
        throw unknown();
      }
      return new Header(tensors, Long.BYTES + headerBytes, Files.size(file));
    } catch (EOFException | JsonProcessingException e) {
      throw unknown();
    }
  }

  /// The format wants tensors to lie one behind another up to the file's end.
  private static void requireNoGaps(Header header) throws FormatException {
    TreeMap<Long, Long> ends = new TreeMap<>();
    for (var entry : header.tensors().properties()) {
      if (!entry.getKey().equals(METADATA)) {
        ends.merge(offset(entry.getValue(), 0), offset(entry.getValue(), 1), Math::max);
      }
    }
    long reached = 0;
    for (var entry : ends.entrySet()) {
      if (entry.getKey() != reached) {
        throw damaged("its tensors leave a gap or overlap at byte " + reached + "; save it again");
      }
      reached = entry.getValue();
    }
    if (header.start() + reached != header.end()) {
      throw damaged(
          "its tensors have %s bytes and the file %s behind its header; save it again"
              .formatted(reached, header.end() - header.start()));
    }
  }

  private static long offset(JsonNode tensor, int which) {
    return tensor.path("data_offsets").path(which).asLong(-1);
  }

  private static String chosen(JsonNode header, Optional<String> name) throws FormatException {
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
        throw new FormatException(
            Fault.DAMAGED_SAFETENSORS,
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
      throw new FormatException(
          Fault.DAMAGED_SAFETENSORS,
          matrices.isEmpty()
              ? "it has no matrix of floats; save [rows, dimension]"
              : "it has several matrices; name one of " + matrices.keySet() + " with --tensor");
    }
    return matrices.keySet().iterator().next();
  }

  private static Optional<NumberType> type(JsonNode tensor) {
    return NumberType.ofSafetensors(tensor.path("dtype").asText());
  }

  private static FormatException damaged(String what) {
    return new FormatException(Fault.DAMAGED_SAFETENSORS, what);
  }

  private static FormatException unknown() {
    return damaged(
        "it is neither npy nor safetensors nor Parquet; save the embeddings as one of them");
  }
}
