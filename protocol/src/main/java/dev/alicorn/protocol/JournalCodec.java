package dev.alicorn.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.alicorn.protocol.wire.CallFailedWire;
import dev.alicorn.protocol.wire.CallStartedWire;
import dev.alicorn.protocol.wire.CallWire;
import dev.alicorn.protocol.wire.EmbeddingFailedWire;
import dev.alicorn.protocol.wire.EncoderBoundWire;
import dev.alicorn.protocol.wire.EndpointBoundWire;
import dev.alicorn.protocol.wire.IncarnationOpenedWire;
import dev.alicorn.protocol.wire.JobCancelledWire;
import dev.alicorn.protocol.wire.JobCompletedWire;
import dev.alicorn.protocol.wire.JobFailedWire;
import dev.alicorn.protocol.wire.JobOpenedWire;
import dev.alicorn.protocol.wire.JobPausedWire;
import dev.alicorn.protocol.wire.JobResumedWire;
import dev.alicorn.protocol.wire.LlmRepliedWire;
import dev.alicorn.protocol.wire.SeedAcceptedWire;
import dev.alicorn.protocol.wire.SeedRefusedWire;
import dev.alicorn.protocol.wire.SeedsSealedWire;
import dev.alicorn.protocol.wire.TextEmbeddedWire;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// The bytes of journal events: one message of `journal.proto` a kind, named by its [EventType].
///
/// Instants keep milliseconds and latencies microseconds; what is finer is cut. All else comes back
/// equal.
public final class JournalCodec {
  private JournalCodec() {}

  /// The payload of an event; its type is not part of it.
  public static byte[] encode(JournalEvent event) {
    return switch (event) {
      case JournalEvent.IncarnationOpened it ->
          IncarnationOpenedWire.newBuilder()
              .setIncarnation(it.incarnation())
              .setPreviousSeq(it.previousSeq())
              .setPreviousCrc(it.previousCrc())
              .setOpenedAtMs(it.openedAt().toEpochMilli())
              .setSoftware(it.software())
              .build()
              .toByteArray();
      case JournalEvent.JobOpened it ->
          JobOpenedWire.newBuilder()
              .setJob(it.job().value())
              .setSpecJson(it.specJson())
              .setBaseFolder(it.baseFolder())
              .setCreatedAtMs(it.createdAt().toEpochMilli())
              .build()
              .toByteArray();
      case JournalEvent.EndpointBound it ->
          EndpointBoundWire.newBuilder()
              .setEndpoint(it.endpoint())
              .setWire(it.wire().key())
              .setModel(it.model())
              .setInputPerMillion(it.price().inputPerMillion().toString())
              .setCachedInputPerMillion(it.price().cachedInputPerMillion().toString())
              .setOutputPerMillion(it.price().outputPerMillion().toString())
              .setCurrency(it.price().currency())
              .setJsonSchema(it.capabilities().jsonSchema().key())
              .setSeed(it.capabilities().seed().key())
              .setLogprobs(it.capabilities().logprobs().key())
              .setUsage(it.capabilities().usage().key())
              .build()
              .toByteArray();
      case JournalEvent.EncoderBound(EncoderDescription encoder) -> wire(encoder).toByteArray();
      case JournalEvent.SeedAccepted it -> {
        SeedAcceptedWire.Builder wire =
            SeedAcceptedWire.newBuilder()
                .setRecord(it.record().ordinal())
                .setSource(it.source())
                .setSourceKey(it.sourceKey())
                .setText(it.text());
        it.domain().ifPresent(wire::setDomain);
        yield wire.build().toByteArray();
      }
      case JournalEvent.SeedRefused it ->
          SeedRefusedWire.newBuilder()
              .setSource(it.source())
              .setSourceKey(it.sourceKey())
              .setReason(it.reason())
              .build()
              .toByteArray();
      case JournalEvent.SeedsSealed it ->
          SeedsSealedWire.newBuilder()
              .setAccepted(it.accepted())
              .setRefused(it.refused())
              .build()
              .toByteArray();
      case JournalEvent.CallStarted it ->
          CallStartedWire.newBuilder().setCall(call(it)).build().toByteArray();
      case JournalEvent.LlmReplied it -> {
        LlmRepliedWire.Builder wire =
            LlmRepliedWire.newBuilder()
                .setCall(call(it))
                .setBody(bytes(it.body()))
                .setLatencyUs(micros(it.latency()));
        it.origin().ifPresent(origin -> wire.setOrigin(origin.value()));
        yield wire.build().toByteArray();
      }
      case JournalEvent.CallFailed it ->
          CallFailedWire.newBuilder()
              .setCall(call(it))
              .setCause(it.cause().key())
              .setStatus(it.status())
              .setDetail(it.detail())
              .setBody(bytes(it.body()))
              .setLatencyUs(micros(it.latency()))
              .build()
              .toByteArray();
      case JournalEvent.TextEmbedded it ->
          TextEmbeddedWire.newBuilder()
              .setRecord(it.record().ordinal())
              .setEncoder(bytes(it.encoder()))
              .setText(bytes(it.text()))
              .setVector(bytes(it.vector()))
              .setTruncated(it.truncated())
              .build()
              .toByteArray();
      case JournalEvent.EmbeddingFailed it ->
          EmbeddingFailedWire.newBuilder()
              .setRecord(it.record().ordinal())
              .setEncoder(bytes(it.encoder()))
              .setText(bytes(it.text()))
              .setReason(it.reason())
              .build()
              .toByteArray();
      case JournalEvent.JobPaused it ->
          JobPausedWire.newBuilder()
              .setReason(key(it.reason()))
              .setDetail(it.detail())
              .setAtMs(it.at().toEpochMilli())
              .build()
              .toByteArray();
      case JournalEvent.JobResumed(JobSpec.Budget budget, Instant at) -> {
        JobResumedWire.Builder wire = JobResumedWire.newBuilder().setAtMs(at.toEpochMilli());
        budget.money().ifPresent(money -> wire.setMoney(money.toString()));
        budget.tokens().ifPresent(wire::setTokens);
        budget.calls().ifPresent(wire::setCalls);
        yield wire.build().toByteArray();
      }
      case JournalEvent.JobCancelled(Instant at) ->
          JobCancelledWire.newBuilder().setAtMs(at.toEpochMilli()).build().toByteArray();
      case JournalEvent.JobCompleted it ->
          JobCompletedWire.newBuilder()
              .setDataset(it.dataset())
              .setManifest(bytes(it.manifest()))
              .setAtMs(it.at().toEpochMilli())
              .build()
              .toByteArray();
      case JournalEvent.JobFailed it ->
          JobFailedWire.newBuilder()
              .setDetail(it.detail())
              .setAtMs(it.at().toEpochMilli())
              .build()
              .toByteArray();
    };
  }

  /// The event of a payload.
  ///
  /// @param payload read from its position to its limit; not kept
  public static JournalEvent decode(EventType type, ByteBuffer payload)
      throws MalformedEventException {
    try {
      return switch (type) {
        case INCARNATION_OPENED -> {
          IncarnationOpenedWire wire = IncarnationOpenedWire.parseFrom(payload);
          yield new JournalEvent.IncarnationOpened(
              wire.getIncarnation(),
              wire.getPreviousSeq(),
              wire.getPreviousCrc(),
              Instant.ofEpochMilli(wire.getOpenedAtMs()),
              wire.getSoftware());
        }
        case JOB_OPENED -> {
          JobOpenedWire wire = JobOpenedWire.parseFrom(payload);
          yield new JournalEvent.JobOpened(
              new JobId(wire.getJob()),
              wire.getSpecJson(),
              wire.getBaseFolder(),
              Instant.ofEpochMilli(wire.getCreatedAtMs()));
        }
        case ENDPOINT_BOUND -> {
          EndpointBoundWire wire = EndpointBoundWire.parseFrom(payload);
          yield new JournalEvent.EndpointBound(
              wire.getEndpoint(),
              named(WireFormat.values(), WireFormat::key, "wire format", wire.getWire()),
              wire.getModel(),
              new Price(
                  new BigDecimal(wire.getInputPerMillion()),
                  new BigDecimal(wire.getCachedInputPerMillion()),
                  new BigDecimal(wire.getOutputPerMillion()),
                  wire.getCurrency()),
              new Capabilities(
                  known(wire.getJsonSchema()),
                  known(wire.getSeed()),
                  known(wire.getLogprobs()),
                  known(wire.getUsage())));
        }
        case ENCODER_BOUND ->
            new JournalEvent.EncoderBound(encoder(EncoderBoundWire.parseFrom(payload)));
        case SEED_ACCEPTED -> {
          SeedAcceptedWire wire = SeedAcceptedWire.parseFrom(payload);
          yield new JournalEvent.SeedAccepted(
              new RecordId(wire.getRecord()),
              wire.getSource(),
              wire.getSourceKey(),
              wire.getText(),
              wire.hasDomain() ? Optional.of(wire.getDomain()) : Optional.empty());
        }
        case SEED_REFUSED -> {
          SeedRefusedWire wire = SeedRefusedWire.parseFrom(payload);
          yield new JournalEvent.SeedRefused(
              wire.getSource(), wire.getSourceKey(), wire.getReason());
        }
        case SEEDS_SEALED -> {
          SeedsSealedWire wire = SeedsSealedWire.parseFrom(payload);
          yield new JournalEvent.SeedsSealed(wire.getAccepted(), wire.getRefused());
        }
        case CALL_STARTED -> {
          CallWire call = CallStartedWire.parseFrom(payload).getCall();
          yield new JournalEvent.CallStarted(
              new RecordId(call.getRecord()),
              Stage.of(call.getStage()),
              call.getAsk(),
              new CallKey(hash(call.getKey())),
              call.getEndpoint());
        }
        case LLM_REPLIED -> {
          LlmRepliedWire wire = LlmRepliedWire.parseFrom(payload);
          CallWire call = wire.getCall();
          yield new JournalEvent.LlmReplied(
              new RecordId(call.getRecord()),
              Stage.of(call.getStage()),
              call.getAsk(),
              new CallKey(hash(call.getKey())),
              call.getEndpoint(),
              Bytes.wrap(wire.getBody().toByteArray()),
              latency(wire.getLatencyUs()),
              wire.hasOrigin() ? Optional.of(new JobId(wire.getOrigin())) : Optional.empty());
        }
        case CALL_FAILED -> {
          CallFailedWire wire = CallFailedWire.parseFrom(payload);
          CallWire call = wire.getCall();
          yield new JournalEvent.CallFailed(
              new RecordId(call.getRecord()),
              Stage.of(call.getStage()),
              call.getAsk(),
              new CallKey(hash(call.getKey())),
              call.getEndpoint(),
              named(FailureCause.values(), FailureCause::key, "failure cause", wire.getCause()),
              wire.getStatus(),
              wire.getDetail(),
              Bytes.wrap(wire.getBody().toByteArray()),
              latency(wire.getLatencyUs()));
        }
        case TEXT_EMBEDDED -> {
          TextEmbeddedWire wire = embedded(payload);
          yield new JournalEvent.TextEmbedded(
              new RecordId(wire.getRecord()),
              hash(wire.getEncoder()),
              hash(wire.getText()),
              vector(wire.getVector()),
              wire.getTruncated());
        }
        case EMBEDDING_FAILED -> {
          EmbeddingFailedWire wire = EmbeddingFailedWire.parseFrom(payload);
          yield new JournalEvent.EmbeddingFailed(
              new RecordId(wire.getRecord()),
              hash(wire.getEncoder()),
              hash(wire.getText()),
              wire.getReason());
        }
        case JOB_PAUSED -> {
          JobPausedWire wire = JobPausedWire.parseFrom(payload);
          yield new JournalEvent.JobPaused(
              named(
                  JournalEvent.PauseReason.values(),
                  JournalCodec::key,
                  "pause reason",
                  wire.getReason()),
              wire.getDetail(),
              Instant.ofEpochMilli(wire.getAtMs()));
        }
        case JOB_RESUMED -> {
          JobResumedWire wire = JobResumedWire.parseFrom(payload);
          yield new JournalEvent.JobResumed(
              new JobSpec.Budget(
                  wire.hasMoney() ? Optional.of(new BigDecimal(wire.getMoney())) : Optional.empty(),
                  wire.hasTokens() ? OptionalLong.of(wire.getTokens()) : OptionalLong.empty(),
                  wire.hasCalls() ? OptionalLong.of(wire.getCalls()) : OptionalLong.empty()),
              Instant.ofEpochMilli(wire.getAtMs()));
        }
        case JOB_CANCELLED ->
            new JournalEvent.JobCancelled(
                Instant.ofEpochMilli(JobCancelledWire.parseFrom(payload).getAtMs()));
        case JOB_COMPLETED -> {
          JobCompletedWire wire = JobCompletedWire.parseFrom(payload);
          yield new JournalEvent.JobCompleted(
              wire.getDataset(), hash(wire.getManifest()), Instant.ofEpochMilli(wire.getAtMs()));
        }
        case JOB_FAILED -> {
          JobFailedWire wire = JobFailedWire.parseFrom(payload);
          yield new JournalEvent.JobFailed(wire.getDetail(), Instant.ofEpochMilli(wire.getAtMs()));
        }
      };
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new MalformedEventException(type, String.valueOf(e.getMessage()));
    }
  }

  private static CallWire call(JournalEvent.CallEvent event) {
    return CallWire.newBuilder()
        .setRecord(event.record().ordinal())
        .setStage(event.stage().key())
        .setAsk(event.ask())
        .setKey(bytes(event.key().hash()))
        .setEndpoint(event.endpoint())
        .build();
  }

  private static Capabilities.Known known(String key) {
    return named(Capabilities.Known.values(), Capabilities.Known::key, "capability", key);
  }

  private static String key(JournalEvent.PauseReason reason) {
    return switch (reason) {
      case USER -> "user";
      case BUDGET -> "budget";
      case ENDPOINT -> "endpoint";
      case ENCODER -> "encoder";
      case DISK -> "disk";
    };
  }

  private static <E> E named(E[] values, Function<E, String> key, String what, String wanted) {
    for (E value : values) {
      if (key.apply(value).equals(wanted)) {
        return value;
      }
    }
    throw new IllegalArgumentException("no " + what + " is called \"" + wanted + "\"");
  }

  static EncoderBoundWire wire(EncoderDescription encoder) {
    return EncoderBoundWire.newBuilder()
        .setName(encoder.name())
        .setHash(bytes(encoder.hash()))
        .setDimension(encoder.dimension())
        .setMaxTokens(encoder.maxTokens())
        .setNormalised(encoder.normalised())
        .setImageTower(encoder.imageTower())
        .build();
  }

  static EncoderDescription encoder(EncoderBoundWire wire) {
    return new EncoderDescription(
        wire.getName(),
        hash(wire.getHash()),
        wire.getDimension(),
        wire.getMaxTokens(),
        wire.getNormalised(),
        wire.getImageTower());
  }

  static ByteString bytes(ContentHash hash) {
    return UnsafeByteOperations.unsafeWrap(HexFormat.of().parseHex(hash.hex()));
  }

  static ContentHash hash(ByteString bytes) {
    return new ContentHash(HexFormat.of().formatHex(bytes.toByteArray()));
  }

  private static ByteString bytes(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.buffer());
  }

  /// Parses without copying: the vector's bytes stay in the payload until they are floats.
  private static TextEmbeddedWire embedded(ByteBuffer payload)
      throws InvalidProtocolBufferException {
    CodedInputStream in = UnsafeByteOperations.unsafeWrap(payload).newCodedInput();
    in.enableAliasing(true);
    try {
      TextEmbeddedWire wire = TextEmbeddedWire.parseFrom(in);
      in.checkLastTagWas(0);
      return wire;
    } catch (IOException e) {
      throw new InvalidProtocolBufferException(e);
    }
  }

  static ByteString bytes(Embedding vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.dimension() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    vector.putTo(bytes.asFloatBuffer());
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  static Embedding vector(ByteString bytes) {
    if (bytes.size() % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "a vector of float32 has a multiple of 4 bytes, not " + bytes.size());
    }
    float[] values = new float[bytes.size() / Float.BYTES];
    bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return Embedding.wrap(values);
  }

  private static long micros(Duration latency) {
    return latency.toNanos() / 1_000;
  }

  private static Duration latency(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }
}
