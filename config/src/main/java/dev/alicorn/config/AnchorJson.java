package dev.alicorn.config;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.alicorn.protocol.Anchor;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The JSON of an anchor: its mean is base64 of little-endian float32, which is a third of the same
/// numbers in decimal and loses nothing.
final class AnchorJson {
  static final List<String> KEYS = List.of("rows", "trace", "mean", "sha256");

  private AnchorJson() {}

  static void write(JsonGenerator json, Anchor anchor) throws IOException {
    json.writeStartObject();
    json.writeNumberField("rows", anchor.rows());
    json.writeNumberField("trace", anchor.trace());
    json.writeStringField("mean", base64(anchor.mean()));
    json.writeStringField("sha256", anchor.sha256().hex());
    json.writeEndObject();
  }

  static Anchor read(ConfReader anchor) throws ConfigException {
    long rows = anchor.count("rows");
    double trace = anchor.number("trace");
    Optional<Embedding> mean = mean(anchor.text("mean"));
    if (mean.isEmpty()) {
      throw anchor.error("mean", "it is no base64 of little-endian float32 numbers");
    }
    String hex = anchor.text("sha256");
    if (!hex.matches("[0-9a-f]{64}")) {
      throw anchor.error("sha256", "a SHA-256 has 64 hexadecimal digits");
    }
    try {
      return new Anchor(rows, mean.get(), trace, new ContentHash(hex));
    } catch (IllegalArgumentException e) {
      throw anchor.error(String.valueOf(e.getMessage()));
    }
  }

  static String base64(Embedding mean) {
    ByteBuffer bytes =
        ByteBuffer.allocate(mean.dimension() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    mean.putTo(bytes.asFloatBuffer());
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static Optional<Embedding> mean(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (bytes.length == 0 || bytes.length % Float.BYTES != 0) {
      return Optional.empty();
    }
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return Optional.of(Embedding.wrap(values));
  }
}
