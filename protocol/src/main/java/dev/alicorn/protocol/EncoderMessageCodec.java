package dev.alicorn.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.alicorn.protocol.EncoderMessage.BatchEncoded;
import dev.alicorn.protocol.EncoderMessage.BatchSent;
import dev.alicorn.protocol.EncoderMessage.WorkerAdmitted;
import dev.alicorn.protocol.EncoderMessage.WorkerFailed;
import dev.alicorn.protocol.EncoderMessage.WorkerOffered;
import dev.alicorn.protocol.EncoderMessage.WorkerRefused;
import dev.alicorn.protocol.wire.BatchEncodedWire;
import dev.alicorn.protocol.wire.BatchSentWire;
import dev.alicorn.protocol.wire.CaptionWire;
import dev.alicorn.protocol.wire.EncodedCaptionWire;
import dev.alicorn.protocol.wire.WorkerAdmittedWire;
import dev.alicorn.protocol.wire.WorkerFailedWire;
import dev.alicorn.protocol.wire.WorkerOfferedWire;
import dev.alicorn.protocol.wire.WorkerRefusedWire;

/// Encoder messages as bytes and back: protobuf, vectors as packed little-endian float32.
public final class EncoderMessageCodec {
  private static final String OFFERED = "offered";
  private static final String FAILED = "failed";
  private static final String ADMITTED = "admitted";
  private static final String REFUSED = "refused";
  private static final String SENT = "sent";
  private static final String ENCODED = "encoded";

  private EncoderMessageCodec() {}

  /// The word that [#decode] needs beside the bytes.
  public static String kind(EncoderMessage message) {
    return switch (message) {
      case WorkerOffered _ -> OFFERED;
      case WorkerFailed _ -> FAILED;
      case WorkerAdmitted _ -> ADMITTED;
      case WorkerRefused _ -> REFUSED;
      case BatchSent _ -> SENT;
      case BatchEncoded _ -> ENCODED;
    };
  }

  public static byte[] encode(EncoderMessage message) {
    return switch (message) {
      case WorkerOffered it ->
          WorkerOfferedWire.newBuilder()
              .setWorker(it.worker())
              .setEncoder(JournalCodec.wire(it.encoder()))
              .setWindowTokens(it.windowTokens())
              .setReplyTo(it.replyTo())
              .build()
              .toByteArray();
      case WorkerFailed it ->
          WorkerFailedWire.newBuilder()
              .setWorker(it.worker())
              .setReason(it.reason())
              .build()
              .toByteArray();
      case WorkerAdmitted _ -> WorkerAdmittedWire.getDefaultInstance().toByteArray();
      case WorkerRefused it ->
          WorkerRefusedWire.newBuilder().setReason(it.reason()).build().toByteArray();
      case BatchSent it -> wire(it).toByteArray();
      case BatchEncoded it -> wire(it).toByteArray();
    };
  }

  /// The message of some bytes.
  ///
  /// @throws IllegalArgumentException where they are none of that kind
  public static EncoderMessage decode(String kind, byte[] bytes) {
    try {
      return switch (kind) {
        case OFFERED -> {
          WorkerOfferedWire wire = WorkerOfferedWire.parseFrom(bytes);
          yield new WorkerOffered(
              wire.getWorker(),
              JournalCodec.encoder(wire.getEncoder()),
              wire.getWindowTokens(),
              wire.getReplyTo());
        }
        case FAILED -> {
          WorkerFailedWire wire = WorkerFailedWire.parseFrom(bytes);
          yield new WorkerFailed(wire.getWorker(), wire.getReason());
        }
        case ADMITTED -> new WorkerAdmitted();
        case REFUSED -> new WorkerRefused(WorkerRefusedWire.parseFrom(bytes).getReason());
        case SENT -> sent(BatchSentWire.parseFrom(bytes));
        case ENCODED -> encoded(BatchEncodedWire.parseFrom(bytes));
        default -> throw new IllegalArgumentException("no encoder message is called " + kind);
      };
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("no encoder message \"" + kind + "\"", e);
    }
  }

  private static BatchSentWire wire(BatchSent sent) {
    BatchSentWire.Builder wire = BatchSentWire.newBuilder().setBatch(sent.batch());
    for (EncodeBatch.Item item : sent.captions().items()) {
      wire.addCaptions(
          CaptionWire.newBuilder().setRecord(item.record().ordinal()).setText(item.text()));
    }
    return wire.build();
  }

  private static BatchSent sent(BatchSentWire wire) {
    return new BatchSent(
        wire.getBatch(),
        new EncodeBatch(
            wire.getCaptionsList().stream()
                .map(it -> new EncodeBatch.Item(new RecordId(it.getRecord()), it.getText()))
                .toList()));
  }

  private static BatchEncodedWire wire(BatchEncoded encoded) {
    BatchEncodedWire.Builder wire =
        BatchEncodedWire.newBuilder().setWorker(encoded.worker()).setBatch(encoded.batch());
    for (EncodedBatch.Result result : encoded.results().results()) {
      EncodedCaptionWire.Builder caption =
          EncodedCaptionWire.newBuilder().setRecord(result.record().ordinal());
      switch (result) {
        case EncodedBatch.Encoded it ->
            caption.setVector(JournalCodec.bytes(it.vector())).setTruncated(it.truncated());
        case EncodedBatch.Rejected it -> caption.setRejected(it.reason());
      }
      wire.addResults(caption);
    }
    return wire.build();
  }

  private static BatchEncoded encoded(BatchEncodedWire wire) {
    return new BatchEncoded(
        wire.getWorker(),
        wire.getBatch(),
        new EncodedBatch(wire.getResultsList().stream().map(EncoderMessageCodec::result).toList()));
  }

  private static EncodedBatch.Result result(EncodedCaptionWire wire) {
    RecordId record = new RecordId(wire.getRecord());
    return switch (wire.getOutcomeCase()) {
      case VECTOR ->
          new EncodedBatch.Encoded(
              record, JournalCodec.vector(wire.getVector()), wire.getTruncated());
      case REJECTED -> new EncodedBatch.Rejected(record, wire.getRejected());
      case OUTCOME_NOT_SET ->
          throw new IllegalArgumentException("record " + record + " has no result");
    };
  }
}
