package dev.alicorn.engine.replay;

import dev.alicorn.config.JobFile;
import dev.alicorn.config.JobSpecJson;
import dev.alicorn.engine.journal.Journal;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalSettings;
import dev.alicorn.engine.judge.Draw;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.CallKey;
import dev.alicorn.protocol.Capabilities;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.Price;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.TaskName;
import dev.alicorn.protocol.WireFormat;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/// The journal of a finished job of any size, written without a call: captions of about 130 words,
/// a vector each, and a conversation for one caption in five.
///
/// The same for the same arguments. Replies and vectors come in an order of their own, as they do
/// from endpoints.
public final class SyntheticJournal {
  private static final int APPENDS_IN_FLIGHT_MAX = 8_192;
  private static final int CAPTIONS_PER_SAMPLE = 5;
  private static final int WORDS = 130;
  private static final int SENTENCE_WORDS = 13;
  private static final String ENDPOINT = "big";
  private static final String[] VOCABULARY =
      ("the old harbour wall keeps morning light while small painted boats rest near wet stone steps"
              + " under grey gulls and a woman carries baskets past nets that dry on wooden posts beside"
              + " quiet water where ropes coil and lanterns hang from rusty hooks above narrow doors")
          .split(" ", -1);

  private final Journal journal;
  private final JobSpec spec;
  private final int records;
  private final EncoderDescription encoder;
  private final Deque<CompletableFuture<JournalEntry>> inFlight = new ArrayDeque<>();

  private SyntheticJournal(Journal journal, JobSpec spec, int records, EncoderDescription encoder) {
    this.journal = journal;
    this.spec = spec;
    this.records = records;
    this.encoder = encoder;
  }

  /// Writes a journal where there is none.
  ///
  /// @param folder of the journal
  /// @param dimension of the vectors
  public static void write(Path folder, int records, int dimension) throws Exception {
    int samples = records / CAPTIONS_PER_SAMPLE;
    JobSpec spec =
        JobFile.parse(
            """
            name = synthetic
            seeds = [ { file = seeds.txt } ]
            caption { endpoint = big }
            instruct {
              endpoint = big
              tasks { question_answering = %d, complex_reasoning = %d }
            }
            embed { encoder = made-up }
            dataset { formats = [parquet, trainer], vectors = float16 }
            """
                .formatted(samples / 2, samples / 2),
            "job.conf");
    EncoderDescription encoder =
        new EncoderDescription(
            "made-up", ContentHash.of("made-up " + dimension), dimension, 512, false, true);
    try (Journal journal = Journal.open(folder, JournalSettings.DEFAULT, "synthetic")) {
      new SyntheticJournal(journal, spec, records, encoder).append();
    }
  }

  private void append() {
    add(
        new JournalEvent.JobOpened(
            new JobId("synthetic"), JobSpecJson.write(spec), "/", Instant.EPOCH));
    add(
        new JournalEvent.EndpointBound(
            ENDPOINT,
            WireFormat.OPENAI_CHAT,
            "made-up",
            new Price(
                new BigDecimal("0.10"), new BigDecimal("0.10"), new BigDecimal("0.40"), "USD"),
            Capabilities.UNKNOWN));
    add(new JournalEvent.EncoderBound(encoder));
    for (int row = 1; row <= records; row++) {
      add(
          new JournalEvent.SeedAccepted(
              new RecordId(row), 0, "line " + row, "a boat, number " + row, Optional.empty()));
    }
    add(new JournalEvent.SeedsSealed(records, 0));
    Draw draw = Draw.over(records, spec.randomSeed(), spec.instruct().counts());
    for (int row = 1; row <= records; row++) {
      RecordId record = new RecordId(shuffled(row));
      String caption = caption(record);
      add(reply(record, Stage.CAPTION, caption));
      add(
          new JournalEvent.TextEmbedded(
              record, encoder.hash(), ContentHash.of(caption), vector(record), false));
    }
    for (int row = 1; row <= records; row++) {
      RecordId record = new RecordId(shuffled(row));
      Optional<TaskName> task = draw.taskOf(record);
      if (task.isPresent() && draw.placeOf(record) < draw.wanted(task.get())) {
        add(reply(record, task.get().stage(), conversation(record)));
      }
    }
    inFlight.forEach(CompletableFuture::join);
  }

  /// Swaps neighbours within 64.
  private int shuffled(int row) {
    int swapped = ((row - 1) ^ 37) + 1;
    return swapped <= records && (records & -64) >= row && (records & -64) >= swapped
        ? swapped
        : row;
  }

  private void add(JournalEvent event) {
    if (inFlight.size() == APPENDS_IN_FLIGHT_MAX) {
      inFlight.remove().join();
    }
    inFlight.add(journal.append(event));
  }

  private static JournalEvent reply(RecordId record, Stage stage, String content) {
    String body =
        "{\"id\":\"made-up-"
            + record
            + "\",\"object\":\"chat.completion\",\"model\":\"made-up\",\"choices\":[{\"index\":0,"
            + "\"message\":{\"role\":\"assistant\",\"content\":\""
            + content.replace("\"", "\\\"")
            + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":180,"
            + "\"completion_tokens\":170,\"total_tokens\":350}}";
    return new JournalEvent.LlmReplied(
        record,
        stage,
        0,
        new CallKey(ContentHash.of(stage.key() + record)),
        ENDPOINT,
        Bytes.utf8(body),
        Duration.ofMillis(800),
        Optional.empty());
  }

  private static String caption(RecordId record) {
    SplittableRandom random = new SplittableRandom(record.ordinal());
    StringBuilder text = new StringBuilder(1024);
    for (int word = 0; word < WORDS; word++) {
      String next = VOCABULARY[random.nextInt(VOCABULARY.length)];
      boolean first = word % SENTENCE_WORDS == 0;
      text.append(word == 0 ? "" : first ? ". " : " ");
      text.append(first ? Character.toUpperCase(next.charAt(0)) + next.substring(1) : next);
    }
    return text.append('.').toString();
  }

  private static String conversation(RecordId record) {
    SplittableRandom random = new SplittableRandom(record.ordinal());
    StringBuilder json = new StringBuilder("{\"id\":\"" + record + "\",\"QA Pairs\":[");
    for (int pair = 0; pair < 6; pair++) {
      String noun = VOCABULARY[random.nextInt(VOCABULARY.length)];
      String other = VOCABULARY[random.nextInt(VOCABULARY.length)];
      json.append(pair == 0 ? "" : ",")
          .append("{\"Question\":\"What stands beside the ")
          .append(noun)
          .append(" in part ")
          .append(pair)
          .append("?\",\"Answer\":\"It is the ")
          .append(other)
          .append(", which was put there early in the day and has not been moved since.\"}");
    }
    return json.append("]}").toString();
  }

  private Embedding vector(RecordId record) {
    float[] vector = new float[encoder.dimension()];
    long state = record.ordinal() * 0x9E3779B97F4A7C15L;
    for (int i = 0; i < vector.length; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      vector[i] = (state >> 40) * 0x1p-23f;
    }
    return Embedding.wrap(vector);
  }
}
