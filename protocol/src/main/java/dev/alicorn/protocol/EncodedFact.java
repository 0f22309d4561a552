package dev.alicorn.protocol;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.alicorn.protocol.wire.CallFailedWire;
import dev.alicorn.protocol.wire.CallStartedWire;
import dev.alicorn.protocol.wire.CallWire;
import dev.alicorn.protocol.wire.EmbeddingFailedWire;
import dev.alicorn.protocol.wire.LlmRepliedWire;
import dev.alicorn.protocol.wire.SeedAcceptedWire;
import dev.alicorn.protocol.wire.TextEmbeddedWire;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A fact as a journal holds it, not decoded.
///
/// @param payload from its position to its limit
public record EncodedFact(long seq, EventType type, ByteBuffer payload) {

  /// The record that it is of, without decoding the rest; null for a fact of no record.
  ///
  /// @throws MalformedEventException when the payload does not hold what its type promises
  public @Nullable RecordId record() throws MalformedEventException {
    return switch (type) {
      case SEED_ACCEPTED -> record(SeedAcceptedWire.RECORD_FIELD_NUMBER);
      case TEXT_EMBEDDED -> record(TextEmbeddedWire.RECORD_FIELD_NUMBER);
      case EMBEDDING_FAILED -> record(EmbeddingFailedWire.RECORD_FIELD_NUMBER);
      case CALL_STARTED -> recordOfCall(CallStartedWire.CALL_FIELD_NUMBER);
      case LLM_REPLIED -> recordOfCall(LlmRepliedWire.CALL_FIELD_NUMBER);
      case CALL_FAILED -> recordOfCall(CallFailedWire.CALL_FIELD_NUMBER);
      case INCARNATION_OPENED,
          JOB_OPENED,
          ENDPOINT_BOUND,
          ENCODER_BOUND,
          SEED_REFUSED,
          SEEDS_SEALED,
          JOB_PAUSED,
          JOB_RESUMED,
          JOB_CANCELLED,
          JOB_COMPLETED,
          JOB_FAILED ->
          null;
    };
  }

  /// The event that it stands for.
  public JournalEvent decoded() throws MalformedEventException {
    return JournalCodec.decode(type, payload.duplicate());
  }

  private RecordId recordOfCall(int callField) throws MalformedEventException {
    try {
      CodedInputStream in = input();
      require(in, callField, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      in.pushLimit(in.readRawVarint32());
      return ordinal(in, CallWire.RECORD_FIELD_NUMBER);
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  private RecordId record(int field) throws MalformedEventException {
    try {
      return ordinal(input(), field);
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  private CodedInputStream input() {
    return CodedInputStream.newInstance(
        payload.array(), payload.arrayOffset() + payload.position(), payload.remaining());
  }

  private RecordId ordinal(CodedInputStream in, int field)
      throws IOException, MalformedEventException {
    require(in, field, WireFormat.WIRETYPE_VARINT);
    try {
      return new RecordId(in.readInt64());
    } catch (IllegalArgumentException e) {
      throw malformed(e);
    }
  }

  /// Passes over fields until it stands behind the tag of one.
  private void require(CodedInputStream in, int field, int wireType)
      throws IOException, MalformedEventException {
    int wanted = field << 3 | wireType;
    int tag;
    while ((tag = in.readTag()) != wanted) {
      if (tag == 0 || !in.skipField(tag)) {
        throw new MalformedEventException(type, "it names no record");
      }
    }
  }

  private MalformedEventException malformed(Exception cause) {
    return new MalformedEventException(type, String.valueOf(cause.getMessage()));
  }
}
