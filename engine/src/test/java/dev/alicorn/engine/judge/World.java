package dev.alicorn.engine.judge;

import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JobSpec.Repeat;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.EmbeddingFailed;
import dev.alicorn.protocol.JournalEvent.TextEmbedded;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.TaskName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Endpoints and an encoder that answer by a script: what an attempt gives is a pure function of
/// (record, stage, ask, number of the attempt), and so is what becomes of a record.
final class World {
  /// What an attempt gives.
  enum Kind {
    GOOD,
    REPAIRABLE,
    BAD,
    FILTERED,
    UNUSABLE,
    UNKNOWN,
    CUT,
    SERVER,
    LIMITED,
    NOT_SENT,
    PAUSING,
    FINAL
  }

  /// What an encoder gives.
  enum Vector {
    FINE,
    NAN,
    REFUSED
  }

  final long seed;
  final int records;
  final Map<TaskName, Long> tasks = new TreeMap<>();
  final boolean encodes;
  private final boolean harsh;

  World(long seed) {
    this.seed = seed;
    RandomGenerator random = random(0, 0, 0);
    this.records = random.nextInt(1, 24);
    for (TaskName task : Tasks.ALL) {
      tasks.put(task, (long) random.nextInt(5));
    }
    this.encodes = random.nextBoolean();
    this.harsh = random.nextInt(4) == 0;
  }

  /// The attempts at an ask, in order; the last one is what every further one gives.
  List<Kind> script(RecordId record, Stage stage, int ask) {
    RandomGenerator random = random(record.ordinal(), stage.key().hashCode(), ask);
    List<Kind> script = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      script.add(List.of(Kind.UNUSABLE, Kind.UNKNOWN, Kind.CUT).get(random.nextInt(3)));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      Kind kind =
          List.of(Kind.SERVER, Kind.LIMITED, Kind.NOT_SENT, Kind.PAUSING).get(random.nextInt(4));
      script.add(random.nextInt(script.size() + 1), kind);
    }
    List<Kind> rare =
        List.of(
            Kind.BAD,
            Kind.BAD,
            Kind.FILTERED,
            Kind.FINAL,
            Kind.UNUSABLE,
            Kind.UNKNOWN,
            Kind.SERVER);
    boolean settlesWell = random.nextInt(harsh ? 2 : 5) > 0;
    script.add(
        settlesWell
            ? random.nextBoolean() ? Kind.GOOD : Kind.REPAIRABLE
            : rare.get(random.nextInt(rare.size())));
    return script;
  }

  /// The fact that an attempt leaves; its latency is its number, which tells a repeat of the fact
  /// from a further attempt.
  CallEvent attempt(RecordId record, Stage stage, int ask, int number) {
    List<Kind> script = script(record, stage, ask);
    Kind kind = script.get(Math.min(number, script.size() - 1));
    return switch (kind) {
      case GOOD -> replied(record, stage, ask, number, text(record, stage, ask, false));
      case REPAIRABLE -> replied(record, stage, ask, number, text(record, stage, ask, true));
      case BAD -> replied(record, stage, ask, number, "No.");
      case FILTERED -> Facts.replied(record, stage, ask, Facts.chat("", "content_filter"), number);
      case UNUSABLE -> Facts.replied(record, stage, ask, "{\"choices\":[]}", number);
      case UNKNOWN -> failed(record, stage, ask, number, FailureCause.UNKNOWN_OUTCOME);
      case CUT -> failed(record, stage, ask, number, FailureCause.CUT_BODY);
      case SERVER -> failed(record, stage, ask, number, FailureCause.SERVER_ERROR);
      case LIMITED -> failed(record, stage, ask, number, FailureCause.RATE_LIMITED);
      case NOT_SENT -> failed(record, stage, ask, number, FailureCause.NOT_SENT);
      case PAUSING -> failed(record, stage, ask, number, FailureCause.UNAUTHORIZED);
      case FINAL -> failed(record, stage, ask, number, FailureCause.REFUSED_REQUEST);
    };
  }

  JournalEvent embed(RecordId record, String text) {
    return switch (vector(record)) {
      case FINE -> Facts.embedded(record, text, 0.6f, 0, 0.8f);
      case NAN -> Facts.embedded(record, text, 0.6f, Float.NaN, 0.8f);
      case REFUSED ->
          new EmbeddingFailed(record, Facts.ENCODER.hash(), ContentHash.of(text), "out of memory");
    };
  }

  /// A vector of another text or another encoder, which must not count.
  JournalEvent strayEmbedding(RecordId record, String text, boolean otherText) {
    return new TextEmbedded(
        record,
        otherText ? Facts.ENCODER.hash() : ContentHash.of("another encoder"),
        ContentHash.of(otherText ? text + " Really." : text),
        Embedding.wrap(new float[] {1, 0, 0}),
        false);
  }

  Bindings bindings(Repeat repeat) {
    Bindings bindings = Facts.bindings(repeat);
    return encodes ? Facts.embedding(bindings) : bindings;
  }

  /// What a record's caption must come to, told from the script alone.
  String captionFate(RecordId record) {
    String fate = stageFate(record, Stage.CAPTION);
    if (!fate.startsWith("exported") || !encodes || vector(record) == Vector.FINE) {
      return fate;
    }
    return "rejected(embedding_failed)";
  }

  /// What the sample of a candidate must come to if it is asked for.
  String sampleFate(RecordId record, TaskName task) {
    String caption = captionFate(record);
    if (caption.startsWith("rejected")) {
      return "rejected(caption_rejected)";
    }
    return caption.startsWith("exported") ? stageFate(record, task.stage()) : caption;
  }

  private String stageFate(RecordId record, Stage stage) {
    String reason = stage.equals(Stage.CAPTION) ? "too_short" : "not_json";
    for (int ask = 0; ask < 2; ask++) {
      switch (script(record, stage, ask).getLast()) {
        case GOOD, REPAIRABLE -> {
          return "exported(ask " + ask + ")";
        }
        case BAD -> {}
        case FILTERED -> {
          return "rejected(refusal)";
        }
        case FINAL -> {
          return "failed(refused_request)";
        }
        case UNUSABLE -> {
          return "failed(unusable_reply)";
        }
        case UNKNOWN -> {
          return "failed(unknown_outcome)";
        }
        case SERVER -> {
          return "failed(server_error)";
        }
        case CUT, LIMITED, NOT_SENT, PAUSING ->
            throw new AssertionError("no script ends with these");
      }
    }
    return "rejected(" + reason + ")";
  }

  private Vector vector(RecordId record) {
    int drawn = random(record.ordinal(), 99, 0).nextInt(12);
    return drawn == 0 ? Vector.NAN : drawn == 1 ? Vector.REFUSED : Vector.FINE;
  }

  private static String text(RecordId record, Stage stage, int ask, boolean repairable) {
    String about = "ask " + ask;
    for (TaskName task : Tasks.ALL) {
      if (task.stage().equals(stage)) {
        String json = Facts.pairs(task, 6, record + ", " + about);
        return repairable ? "Here you are:\n```json\n" + json + "\n```" : json;
      }
    }
    String caption = Facts.caption(record + ", " + about + ",");
    return repairable ? "**Caption:** \"" + caption + "\"" : caption;
  }

  private static CallEvent replied(RecordId record, Stage stage, int ask, int number, String text) {
    return Facts.replied(record, stage, ask, Facts.chat(text, "stop"), number);
  }

  private static CallEvent failed(
      RecordId record, Stage stage, int ask, int number, FailureCause cause) {
    return Facts.failed(record, stage, ask, cause, number);
  }

  private RandomGenerator random(long record, int stage, int ask) {
    long mixed = ((seed * 1_000_003 + record) * 1_000_003 + stage) * 1_000_003 + ask;
    return new SplittableRandom(mixed);
  }
}
