package dev.alicorn.engine.judge;

import dev.alicorn.engine.filter.Sieve;
import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.EmbeddingFailed;
import dev.alicorn.protocol.JournalEvent.TextEmbedded;
import dev.alicorn.protocol.Recipe;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.TaskName;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The pure function from a record's facts and a recipe to what becomes of the record.
///
/// A live job asks it what is still owed, a replay what is exported. It holds nothing but its
/// arguments and may be shared by threads.
///
/// With `repeat = never` an intent without an answer is a call whose outcome is unknown, and
/// parked. A live job therefore leaves out the intents of calls that it has in flight; those that
/// it finds in its journal when it starts are left-overs.
public final class Judge {
  private static final double NORM_MIN = 1e-10;

  private final Recipe recipe;
  private final Bindings bindings;
  private final Sieve ofCaptions;
  private final Sieve ofSamples;

  public Judge(Recipe recipe, Bindings bindings) {
    this(recipe, bindings, new Sieve(recipe.filters()), new Sieve(recipe.filters()));
  }

  private Judge(Recipe recipe, Bindings bindings, Sieve ofCaptions, Sieve ofSamples) {
    this.recipe = recipe;
    this.bindings = bindings;
    this.ofCaptions = ofCaptions;
    this.ofSamples = ofSamples;
  }

  /// The same judge, and somebody who is told of each time that its filters reject something.
  public Judge telling(Runnable listener) {
    return new Judge(recipe, bindings, ofCaptions.telling(listener), ofSamples.telling(listener));
  }

  /// The same judge without filters of captions, for those that have passed them before.
  public Judge trustingCaptions() {
    return new Judge(recipe, bindings, Sieve.OPEN, ofSamples);
  }

  /// The same judge without filters, for what has passed them before.
  public Judge trusting() {
    return new Judge(recipe, bindings, Sieve.OPEN, Sieve.OPEN);
  }

  /// The draw that the recipe makes of so many records.
  public Draw draw(long records) {
    return Draw.over(records, recipe.randomSeed(), recipe.tasks());
  }

  /// What the calls of the caption stage come to.
  ///
  /// @param seed the text that the caption was written of, asked for only where a filter needs it
  /// @param calls of one record and `Stage.CAPTION`, in seq order
  public CaptionVerdict caption(Supplier<String> seed, List<? extends CallEvent> calls) {
    Climbed<CaptionReading.Caption> climbed =
        Climbed.climb(
            calls,
            bindings,
            envelope ->
                filtered(CaptionReading.read(envelope.text(), envelope.cutAtLength()), seed));
    return switch (climbed) {
      case Climbed.Won<CaptionReading.Caption> won ->
          new CaptionVerdict.Accepted(won.answer().text(), won.answer().cutAtLength(), won.bill());
      case Climbed.Rejected<CaptionReading.Caption>(Rejection reason, String detail) ->
          new CaptionVerdict.Rejected(reason, detail);
      case Climbed.Failed<CaptionReading.Caption>(FailureCause cause, String detail) ->
          new CaptionVerdict.Failed(cause, detail);
      case Climbed.Parked<CaptionReading.Caption> _ -> new CaptionVerdict.Parked();
      case Climbed.Owed<CaptionReading.Caption> owed ->
          new CaptionVerdict.Owed(owed.ask(), owed.attempts(), owed.complaint());
    };
  }

  private Reading<CaptionReading.Caption> filtered(
      Reading<CaptionReading.Caption> reading, Supplier<String> seed) {
    return switch (reading) {
      case Reading.Fit<CaptionReading.Caption>(CaptionReading.Caption caption, boolean _) ->
          ofCaptions
              .caption(seed, caption.text())
              .<Reading<CaptionReading.Caption>>map(Reading.Unfit::of)
              .orElse(reading);
      case Reading.Unfit<CaptionReading.Caption> _ -> reading;
    };
  }

  /// The caption that a reply holds; empty where it holds none that is fit.
  public Optional<String> captionOf(JournalEvent.LlmReplied reply) {
    return Envelope.read(reply.body(), bindings.endpoint(reply.endpoint()).wire())
                instanceof Envelope.Usable usable
            && CaptionReading.read(usable.text(), usable.cutAtLength())
                instanceof
                Reading.Fit<CaptionReading.Caption>(CaptionReading.Caption caption, boolean _)
        ? Optional.of(caption.text())
        : Optional.empty();
  }

  /// What the calls of a task's stage come to; how its replies are read is as the job has it, how
  /// far they are mended as the recipe has it.
  ///
  /// @param caption the accepted caption that the pairs are about
  /// @param calls of one record and `task.stage()`, in seq order
  public SampleVerdict sample(TaskName task, String caption, List<? extends CallEvent> calls) {
    SampleReading reading = new SampleReading(bindings.reply(task), recipe.repair(), ofSamples);
    Climbed<List<Pair>> climbed =
        Climbed.climb(calls, bindings, envelope -> reading.read(envelope.text(), caption));
    return switch (climbed) {
      case Climbed.Won<List<Pair>> won ->
          new SampleVerdict.Accepted(won.answer(), won.bill(), rung(won));
      case Climbed.Rejected<List<Pair>>(Rejection reason, String detail) ->
          new SampleVerdict.Rejected(reason, detail);
      case Climbed.Failed<List<Pair>>(FailureCause cause, String detail) ->
          new SampleVerdict.Failed(cause, detail);
      case Climbed.Parked<List<Pair>> _ -> new SampleVerdict.Parked();
      case Climbed.Owed<List<Pair>> owed ->
          new SampleVerdict.Owed(owed.ask(), owed.attempts(), owed.complaint());
    };
  }

  private static Rung rung(Climbed.Won<List<Pair>> won) {
    if (won.ask() > 0) {
      return Rung.REASKED;
    }
    return won.repaired() ? Rung.REPAIRED : Rung.AS_ASKED;
  }

  /// What the embedding facts of a caption come to: the first that is of this text and of the bound
  /// encoder counts, whatever else the record was embedded for.
  ///
  /// @param caption the accepted caption
  /// @param facts `TextEmbedded` and `EmbeddingFailed` of one record, in seq order
  public EmbeddingVerdict embedding(String caption, List<? extends JournalEvent> facts) {
    if (bindings.encoder().isEmpty()) {
      return new EmbeddingVerdict.NotAsked();
    }
    EncoderDescription encoder = bindings.encoder().get();
    ContentHash text = ContentHash.of(caption);
    for (JournalEvent fact : facts) {
      if (fact instanceof TextEmbedded embedded
          && embedded.encoder().equals(encoder.hash())
          && embedded.text().equals(text)) {
        return checked(embedded, encoder.dimension());
      }
      if (fact instanceof EmbeddingFailed failed
          && failed.encoder().equals(encoder.hash())
          && failed.text().equals(text)) {
        return unembeddable(Excerpt.of(failed.reason()));
      }
    }
    return new EmbeddingVerdict.Owed();
  }

  private static EmbeddingVerdict checked(TextEmbedded embedded, int dimension) {
    Embedding vector = embedded.vector();
    if (vector.dimension() != dimension) {
      return unembeddable("dimension " + vector.dimension() + " instead of " + dimension);
    }
    double squares = 0;
    for (int i = 0; i < dimension; i++) {
      squares += (double) vector.get(i) * vector.get(i);
    }
    if (!Double.isFinite(squares)) {
      return unembeddable("a value is not finite");
    }
    return Math.sqrt(squares) < NORM_MIN
        ? unembeddable("the vector is zero")
        : new EmbeddingVerdict.Accepted(vector, embedded.truncated());
  }

  private static EmbeddingVerdict unembeddable(String detail) {
    return new EmbeddingVerdict.Rejected(Rejection.EMBEDDING_FAILED, detail);
  }

  /// What a record comes to.
  ///
  /// A sample shares the fate of its caption, and is settled only when the caption is: else an
  /// embedding that fails late would change a verdict already given.
  ///
  /// @param drawn the task that the record is drawn for
  public Outcome outcome(RecordFacts facts, Optional<TaskName> drawn) {
    Outcome.Part<Outcome.Caption> caption = captionPart(facts);
    return new Outcome(caption, drawn.map(task -> samplePart(facts, task, caption)));
  }

  private Outcome.Part<Outcome.Caption> captionPart(RecordFacts facts) {
    return switch (caption(facts::seedText, facts.calls(Stage.CAPTION))) {
      case CaptionVerdict.Accepted accepted ->
          switch (embedding(accepted.text(), facts.embeddings())) {
            case EmbeddingVerdict.Accepted(Embedding vector, boolean truncated) ->
                exported(accepted, Optional.of(vector), truncated);
            case EmbeddingVerdict.NotAsked _ -> exported(accepted, Optional.empty(), false);
            case EmbeddingVerdict.Rejected(Rejection reason, String detail) ->
                new Outcome.Part.Rejected<>(reason, detail);
            case EmbeddingVerdict.Owed _ ->
                new Outcome.Part.Owed<>(
                    Outcome.Due.EMBEDDING,
                    Optional.of(
                        new Outcome.Part.Rejected<>(
                            Rejection.NO_EMBEDDING, Rejection.NO_EMBEDDING.key())));
          };
      case CaptionVerdict.Rejected(Rejection reason, String detail) ->
          new Outcome.Part.Rejected<>(reason, detail);
      case CaptionVerdict.Failed(FailureCause cause, String detail) ->
          new Outcome.Part.Failed<>(cause, detail);
      case CaptionVerdict.Parked _ -> new Outcome.Part.Parked<>();
      case CaptionVerdict.Owed owed -> call(owed.complaint());
    };
  }

  private static Outcome.Part<Outcome.Caption> exported(
      CaptionVerdict.Accepted caption, Optional<Embedding> vector, boolean truncated) {
    return new Outcome.Part.Exported<>(
        new Outcome.Caption(
            caption.text(), caption.cutAtLength(), caption.bill(), vector, truncated));
  }

  private Outcome.Part<Outcome.Sample> samplePart(
      RecordFacts facts, TaskName task, Outcome.Part<Outcome.Caption> caption) {
    return switch (caption) {
      case Outcome.Part.Exported<Outcome.Caption>(Outcome.Caption row) ->
          switch (sample(task, row.text(), facts.calls(task.stage()))) {
            case SampleVerdict.Accepted(List<Pair> pairs, Bill bill, Rung rung) ->
                new Outcome.Part.Exported<>(
                    new Outcome.Sample(task, ordered(pairs, facts.record()), bill, rung));
            case SampleVerdict.Rejected(Rejection reason, String detail) ->
                new Outcome.Part.Rejected<>(reason, detail);
            case SampleVerdict.Failed(FailureCause cause, String detail) ->
                new Outcome.Part.Failed<>(cause, detail);
            case SampleVerdict.Parked _ -> new Outcome.Part.Parked<>();
            case SampleVerdict.Owed owed -> call(owed.complaint());
          };
      case Outcome.Part.Rejected<Outcome.Caption>(Rejection reason, String _) ->
          new Outcome.Part.Rejected<>(Rejection.CAPTION_REJECTED, reason.key());
      case Outcome.Part.Failed<Outcome.Caption>(FailureCause cause, String detail) ->
          new Outcome.Part.Failed<>(cause, detail);
      case Outcome.Part.Parked<Outcome.Caption> _ -> new Outcome.Part.Parked<>();
      case Outcome.Part.Owed<Outcome.Caption> owed ->
          new Outcome.Part.Owed<>(
              owed.due(),
              owed.otherwise()
                  .map(rejected ->
                      new Outcome.Part.Rejected<>(
                          Rejection.CAPTION_REJECTED, rejected.reason().key())));
    };
  }

  private static <T> Outcome.Part<T> call(Optional<Complaint> complaint) {
    return new Outcome.Part.Owed<>(
        Outcome.Due.CALL,
        complaint.map(wrong -> new Outcome.Part.Rejected<>(wrong.reason(), wrong.detail())));
  }

  private List<Pair> ordered(List<Pair> pairs, RecordId record) {
    return switch (recipe.filters().optionOrder()) {
      case SHUFFLED -> OptionShuffle.shuffled(pairs, record, recipe.randomSeed());
      case AS_REPLIED -> pairs;
    };
  }
}
