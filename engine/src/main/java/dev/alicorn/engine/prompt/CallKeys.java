package dev.alicorn.engine.prompt;

import dev.alicorn.protocol.CallKey;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.WireFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/// The one way to compute call keys.
///
/// The encoding that is hashed: a version tag, stage, wire format, model, number of messages, each
/// message's role and content, temperature, longest reply, schema, sample index. Texts are UTF-8
/// behind their length in bytes; numbers are big-endian; an absent schema has length -1. So no two
/// requests share an encoding, and the name and address of an endpoint are not in it.
public final class CallKeys {
  private static final String VERSION = "alicorn-call-1";

  private CallKeys() {}

  /// The key of one call.
  ///
  /// @param sampleIndex tells apart calls that ask the same on purpose, from 0
  public static CallKey of(Stage stage, WireFormat wire, ChatRequest request, int sampleIndex) {
    MessageDigest digest = ContentHash.sha256();
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
    put(digest, number, VERSION);
    put(digest, number, stage.key());
    put(digest, number, wire.key());
    put(digest, number, request.model());
    put(digest, number, request.messages().size());
    for (Message message : request.messages()) {
      put(digest, number, message.role().key());
      put(digest, number, message.content());
    }
    // Adding 0.0 makes -0.0 and 0.0 one temperature.
    put(digest, number, Double.doubleToLongBits(request.temperature() + 0.0));
    put(digest, number, request.maxTokens());
    if (request.jsonSchema().isPresent()) {
      put(digest, number, request.jsonSchema().get());
    } else {
      put(digest, number, -1L);
    }
    put(digest, number, sampleIndex);
    return new CallKey(new ContentHash(HexFormat.of().formatHex(digest.digest())));
  }

  private static void put(MessageDigest digest, ByteBuffer number, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    put(digest, number, bytes.length);
    digest.update(bytes);
  }

  private static void put(MessageDigest digest, ByteBuffer number, long value) {
    digest.update(number.clear().putLong(value).flip());
  }
}
