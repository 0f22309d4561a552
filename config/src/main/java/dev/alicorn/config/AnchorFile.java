package dev.alicorn.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.alicorn.protocol.Anchor;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A file of an anchor's statistics, as `alicorn anchor` writes it: safetensors with the float64
/// tensors `mu_image` `[dimension]` and `trace_image` `[1]`, and the count of `rows` in its
/// metadata.
final class AnchorFile {
  private static final long BYTES_MAX = 8L << 20;
  private static final List<String> TENSOR = List.of("dtype", "shape", "data_offsets");
  private static final List<String> KEYS = List.of("__metadata__", "mu_image", "trace_image");

  private final String name;
  private final ConfReader header;
  private final ByteBuffer data;

  private AnchorFile(String name, ConfReader header, ByteBuffer data) {
    this.name = name;
    this.header = header;
    this.data = data;
  }

  /// The keys of a job or recipe with an anchor's statistics in the place of its file's name, so
  /// that they stand for themselves from there on.
  ///
  /// @param folder where relative names start; without one no file may be named
  static ConfigObject inlined(ConfigObject given, Optional<Path> folder) throws ConfigException {
    if (!(given.get("transfer") instanceof ConfigObject transfer)) {
      return given;
    }
    ConfigValue named = transfer.get("anchor");
    if (named == null || named.valueType() != ConfigValueType.STRING) {
      return given;
    }
    if (folder.isEmpty()) {
      throw ConfNode.fault(
          named.origin(),
          "transfer.anchor: what is sent names no files; send the statistics, as ./alicorn submit does");
    }
    Path file = folder.get().resolve(named.unwrapped().toString()).normalize();
    Anchor anchor;
    try {
      anchor = read(file);
    } catch (ConfigException e) {
      throw ConfNode.fault(named.origin(), "transfer.anchor: " + e.getMessage());
    }
    ConfigValue statistics =
        ConfigValueFactory.fromMap(
            Map.of(
                "rows", Long.toString(anchor.rows()),
                "trace", Double.toString(anchor.trace()),
                "mean", AnchorJson.base64(anchor.mean()),
                "sha256", anchor.sha256().hex()),
            file.toString());
    return given.withValue("transfer", transfer.withValue("anchor", statistics));
  }

  private static Anchor read(Path file) throws ConfigException {
    byte[] bytes = bytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long headerBytes = bytes.length < Long.BYTES ? -1 : buffer.getLong();
    if (headerBytes < 0 || headerBytes > buffer.remaining()) {
      throw noAnchor(file.toString());
    }
    int start = Long.BYTES + (int) headerBytes;
    String json =
        new String(bytes, Long.BYTES, (int) headerBytes, StandardCharsets.UTF_8).stripTrailing();
    ConfigObject header = ConfSource.json(json, file.toString());
    if (!header.containsKey("mu_image")) {
      throw noAnchor(file.toString());
    }
    ByteBuffer data = buffer.slice(start, bytes.length - start).order(ByteOrder.LITTLE_ENDIAN);
    return new AnchorFile(
            file.toString(), ConfReader.of(header, ConfigFactory.empty().root(), KEYS), data)
        .anchor(ContentHash.of(bytes));
  }

  private Anchor anchor(ContentHash sha256) throws ConfigException {
    double[] mean = tensor("mu_image");
    double[] trace = tensor("trace_image");
    if (mean.length == 0 || trace.length != 1) {
      throw noAnchor(name);
    }
    float[] rounded = new float[mean.length];
    for (int j = 0; j < mean.length; j++) {
      rounded[j] = (float) mean[j];
    }
    long rows = header.object("__metadata__", List.of("rows")).count("rows");
    try {
      return new Anchor(rows, Embedding.wrap(rounded), trace[0], sha256);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(name, String.valueOf(e.getMessage()));
    }
  }

  private double[] tensor(String key) throws ConfigException {
    ConfReader tensor = header.object(key, TENSOR);
    List<String> shape = tensor.names("shape");
    List<String> offsets = tensor.names("data_offsets");
    if (!tensor.text("dtype").equals("F64") || shape.size() != 1 || offsets.size() != 2) {
      throw noAnchor(name);
    }
    Optional<Long> from = Quantity.whole(offsets.getFirst());
    Optional<Long> to = Quantity.whole(offsets.getLast());
    if (from.isEmpty()
        || to.isEmpty()
        || from.get() < 0
        || to.get() < from.get()
        || to.get() > data.limit()
        || (to.get() - from.get()) % Double.BYTES != 0
        || !shape.getFirst().equals(Long.toString((to.get() - from.get()) / Double.BYTES))) {
      throw noAnchor(name);
    }
    double[] values = new double[(int) (to.get() - from.get()) / Double.BYTES];
    data.slice(from.get().intValue(), values.length * Double.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asDoubleBuffer()
        .get(values);
    return values;
  }

  private static byte[] bytes(Path file) throws ConfigException {
    try {
      if (!Files.isRegularFile(file)) {
        throw new ConfigException(file.toString(), "there is no such file; check its name");
      }
      if (Files.size(file) > BYTES_MAX) {
        throw noAnchor(file.toString());
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ConfigException(
          file.toString(), "the file cannot be read (" + e.getMessage() + "); check the disk");
    }
  }

  private static ConfigException noAnchor(String file) {
    return new ConfigException(
        file, "this is no anchor; make one of the image embeddings with ./alicorn anchor FILE");
  }
}
