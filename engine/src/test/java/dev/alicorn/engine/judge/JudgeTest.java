package dev.alicorn.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec.Repeat;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.EmbeddingFailed;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import dev.alicorn.protocol.JournalEvent.SeedsSealed;
import dev.alicorn.protocol.Money;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.TaskName;
import dev.alicorn.protocol.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JudgeTest {
  private static final Stage CAPTION = Stage.CAPTION;
  private static final LlmReplied GOOD =
      Facts.replied(CAPTION, 0, Facts.chat(Facts.caption(7), "stop"));
  private static final LlmReplied UNUSABLE = Facts.replied(CAPTION, 0, "{\"choices\":[]}");
  private static final LlmReplied SHORT = Facts.replied(CAPTION, 0, Facts.chat("A dog.", "stop"));

  private final Judge judge = Facts.judge();

  @ParameterizedTest
  @EnumSource(FailureCause.class)
  void triesAgainAsOftenAsTheCauseAllows(FailureCause cause) {
    List<CallEvent> calls = new ArrayList<>();
    int allowed =
        switch (cause.consequence()) {
          case FINAL -> 1;
          case REPEAT -> 3;
          case RETRY -> 6;
          case WAIT, PAUSE -> Integer.MAX_VALUE;
        };
    boolean free = allowed == Integer.MAX_VALUE;
    for (int attempts = 0; attempts < Math.min(allowed, 50); attempts++) {
      assertThat(judge.caption(() -> "a seed", calls))
          .isEqualTo(new CaptionVerdict.Owed(0, free ? 0 : attempts, Optional.empty()));
      calls.add(Facts.failed(CAPTION, 0, cause));
    }
    if (!free) {
      assertThat(judge.caption(() -> "a seed", calls))
          .isEqualTo(new CaptionVerdict.Failed(cause, cause.key()));
      calls.add(GOOD);
      assertThat(judge.caption(() -> "a seed", calls)).isInstanceOf(CaptionVerdict.Failed.class);
    }
  }

  @Test
  void repeatsAnUnusableReplyTwice() {
    assertThat(judge.caption(() -> "a seed", List.of(UNUSABLE, UNUSABLE)))
        .isEqualTo(new CaptionVerdict.Owed(0, 2, Optional.empty()));
    assertThat(judge.caption(() -> "a seed", List.of(UNUSABLE, UNUSABLE, GOOD)))
        .isInstanceOf(CaptionVerdict.Accepted.class);
    assertThat(judge.caption(() -> "a seed", List.of(UNUSABLE, UNUSABLE, UNUSABLE)))
        .isEqualTo(
            new CaptionVerdict.Failed(FailureCause.UNUSABLE_REPLY, "the reply has no choices"));
  }

  @Test
  void allowsSixAttemptsOfAllKinds() {
    List<CallEvent> calls =
        new ArrayList<>(
            Collections.nCopies(4, Facts.failed(CAPTION, 0, FailureCause.SERVER_ERROR)));
    calls.add(UNUSABLE);
    assertThat(judge.caption(() -> "a seed", calls))
        .isEqualTo(new CaptionVerdict.Owed(0, 5, Optional.empty()));
    calls.add(Facts.failed(CAPTION, 0, FailureCause.CUT_BODY));
    assertThat(judge.caption(() -> "a seed", calls))
        .isEqualTo(new CaptionVerdict.Failed(FailureCause.CUT_BODY, "cut_body"));
  }

  @Test
  void takesTheFirstUsableReply() {
    LlmReplied second = Facts.replied(CAPTION, 0, Facts.chat(Facts.caption(8), "stop"));
    assertThat(judge.caption(() -> "a seed", List.of(UNUSABLE, second, GOOD)))
        .isInstanceOfSatisfying(
            CaptionVerdict.Accepted.class,
            accepted -> assertThat(accepted.text()).isEqualTo(Facts.caption(8)));
  }

  @Test
  void asksAgainOnceWithAComplaint() {
    assertThat(judge.caption(() -> "a seed", List.of(SHORT)))
        .isEqualTo(
            new CaptionVerdict.Owed(
                1,
                0,
                Optional.of(
                    new Complaint(
                        Rejection.TOO_SHORT,
                        "A dog.",
                        "Your answer was only 2 words long. Write one full paragraph."))));
    LlmReplied again = Facts.replied(CAPTION, 1, Facts.chat("A cat.", "stop"));
    assertThat(judge.caption(() -> "a seed", List.of(SHORT, again)))
        .isEqualTo(new CaptionVerdict.Rejected(Rejection.TOO_SHORT, "A cat."));
    LlmReplied better = Facts.replied(CAPTION, 1, Facts.chat(Facts.caption(9), "stop"));
    assertThat(
            judge.caption(
                () -> "a seed",
                List.of(SHORT, Facts.failed(CAPTION, 1, FailureCause.SERVER_ERROR))))
        .isInstanceOfSatisfying(
            CaptionVerdict.Owed.class, owed -> assertThat(owed.attempts()).isEqualTo(1));
    assertThat(judge.caption(() -> "a seed", List.of(SHORT, better)))
        .isInstanceOf(CaptionVerdict.Accepted.class);
  }

  @Test
  void neverAsksAgainWhatWasRefused() {
    LlmReplied filtered = Facts.replied(CAPTION, 0, Facts.chat("", "content_filter"));
    assertThat(judge.caption(() -> "a seed", List.of(filtered)))
        .isInstanceOfSatisfying(
            CaptionVerdict.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Rejection.REFUSAL));
  }

  @Test
  void keepsACaptionCutAtItsLengthFlagged() {
    LlmReplied cut = Facts.replied(CAPTION, 0, Facts.chat(Facts.caption(7) + " And a", "length"));
    assertThat(judge.caption(() -> "a seed", List.of(cut)))
        .isInstanceOfSatisfying(
            CaptionVerdict.Accepted.class,
            accepted -> {
              assertThat(accepted.text()).isEqualTo(Facts.caption(7));
              assertThat(accepted.cutAtLength()).isTrue();
            });
  }

  @Test
  void parksWhatMustNotBeRepeated() {
    Judge never = new Judge(Facts.recipe(Map.of()), Facts.bindings(Repeat.NEVER));
    CallEvent started = Facts.started(Facts.ONE, CAPTION, 0);
    assertThat(never.caption(() -> "a seed", List.of(started)))
        .isEqualTo(new CaptionVerdict.Parked());
    assertThat(never.caption(() -> "a seed", List.of(started, UNUSABLE, started)))
        .isEqualTo(new CaptionVerdict.Parked());
    assertThat(never.caption(() -> "a seed", List.of(started, GOOD)))
        .isInstanceOf(CaptionVerdict.Accepted.class);
    assertThat(never.caption(() -> "a seed", List.of(started, UNUSABLE)))
        .isEqualTo(new CaptionVerdict.Owed(0, 1, Optional.empty()));
    CallEvent unknown = Facts.failed(CAPTION, 0, FailureCause.UNKNOWN_OUTCOME);
    assertThat(never.caption(() -> "a seed", List.of(started, unknown)))
        .isEqualTo(new CaptionVerdict.Parked());
    CallEvent restarted = Facts.started(Facts.ONE, CAPTION, 1);
    assertThat(never.caption(() -> "a seed", List.of(started, SHORT, restarted)))
        .isEqualTo(new CaptionVerdict.Parked());
    assertThat(judge.caption(() -> "a seed", List.of(started)))
        .isEqualTo(new CaptionVerdict.Owed(0, 0, Optional.empty()));
  }

  @Test
  void billsTheAcceptedCallAndAllOfThem() {
    LlmReplied copied =
        new LlmReplied(
            Facts.ONE,
            CAPTION,
            1,
            Facts.KEY,
            Facts.ENDPOINT,
            Bytes.utf8(Facts.chat(Facts.caption(7), "stop")),
            Duration.ZERO,
            Optional.of(new JobId("elsewhere")));
    Billed once =
        new Billed(1, new Usage(100, 0, 10), Money.of(new BigDecimal("0.00001400"), "USD"));
    assertThat(judge.caption(() -> "a seed", List.of(UNUSABLE, SHORT, copied)))
        .isInstanceOfSatisfying(
            CaptionVerdict.Accepted.class,
            accepted ->
                assertThat(accepted.bill())
                    .isEqualTo(
                        new Bill(
                            Facts.ENDPOINT,
                            "model-7",
                            new Usage(100, 0, 10),
                            true,
                            new BigDecimal("0.00001400"),
                            "USD",
                            new Account(2, 1, 0, 1, once, once))));
  }

  @Test
  void crashesOnAnEndpointThatNoFactBinds() {
    Judge unbound = new Judge(Facts.recipe(Map.of()), Bindings.none(Tasks.JOB));
    assertThatThrownBy(() -> unbound.caption(() -> "a seed", List.of(GOOD)))
        .hasMessageContaining("endpoint big");
  }

  @Test
  void saysWhichRungOfTheLadderASampleTook() {
    TaskName task = Tasks.QUESTION_ANSWERING;
    String json = Facts.pairs(task, 6, "x");
    CallEvent plain = Facts.replied(task.stage(), 0, Facts.chat(json, "stop"));
    CallEvent fenced = Facts.replied(task.stage(), 0, Facts.chat("```" + json + "```", "stop"));
    CallEvent bad = Facts.replied(task.stage(), 0, Facts.chat("no", "stop"));
    CallEvent again = Facts.replied(task.stage(), 1, Facts.chat(json, "stop"));
    assertThat(rung(task, plain)).isEqualTo(Rung.AS_ASKED);
    assertThat(rung(task, fenced)).isEqualTo(Rung.REPAIRED);
    assertThat(rung(task, bad, again)).isEqualTo(Rung.REASKED);
    assertThat(judge.sample(task, "", List.of(bad)))
        .isInstanceOfSatisfying(
            SampleVerdict.Owed.class,
            owed ->
                assertThat(owed.complaint().orElseThrow().sentence()).contains("not valid JSON"));
  }

  private Rung rung(TaskName task, CallEvent... calls) {
    return ((SampleVerdict.Accepted) judge.sample(task, "", List.of(calls))).rung();
  }

  @Test
  void takesTheVectorOfThisTextAndThisEncoderOnly() {
    Judge embedding = new Judge(Facts.recipe(Map.of()), Facts.embedding(Facts.bindings()));
    String text = Facts.caption(7);
    var vector = Facts.embedded(Facts.ONE, text, 1, 2, 2);
    var otherText = Facts.embedded(Facts.ONE, text + " ", 0, 1, 0);
    var failed =
        new EmbeddingFailed(Facts.ONE, Facts.ENCODER.hash(), ContentHash.of(text), "out of memory");
    var otherEncoder =
        new EmbeddingFailed(Facts.ONE, ContentHash.of("x"), ContentHash.of(text), "no");
    assertThat(judge.embedding(text, List.of(vector))).isEqualTo(new EmbeddingVerdict.NotAsked());
    assertThat(embedding.embedding(text, List.of(otherText, otherEncoder)))
        .isEqualTo(new EmbeddingVerdict.Owed());
    assertThat(embedding.embedding(text, List.of(otherText, otherEncoder, vector, failed)))
        .isEqualTo(new EmbeddingVerdict.Accepted(Embedding.wrap(new float[] {1, 2, 2}), false));
    assertThat(embedding.embedding(text, List.of(failed, vector)))
        .isEqualTo(new EmbeddingVerdict.Rejected(Rejection.EMBEDDING_FAILED, "out of memory"));
  }

  @Test
  void refusesVectorsThatAreNone() {
    Judge embedding = new Judge(Facts.recipe(Map.of()), Facts.embedding(Facts.bindings()));
    String text = Facts.caption(7);
    float[][] bad = {
      {1, Float.NaN, 0},
      {1, Float.POSITIVE_INFINITY, 0},
      {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0},
      {0, -0.0f, 0},
      {1e-12f, 0, 0},
      {1, 0},
      {}
    };
    for (float[] vector : bad) {
      assertThat(embedding.embedding(text, List.of(Facts.embedded(Facts.ONE, text, vector))))
          .isInstanceOf(EmbeddingVerdict.Rejected.class);
    }
    float[] large = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE};
    assertThat(embedding.embedding(text, List.of(Facts.embedded(Facts.ONE, text, large))))
        .isInstanceOf(EmbeddingVerdict.Accepted.class);
  }

  @Test
  void closesACaptionWithoutItsEmbedding() {
    Judge embedding = new Judge(Facts.recipe(Map.of()), Facts.embedding(Facts.bindings()));
    TaskName task = Tasks.COMPLEX_REASONING;
    RecordFacts facts =
        RecordFacts.of(Facts.ONE)
            .with(GOOD)
            .with(Facts.replied(task.stage(), 0, Facts.chat(Facts.pairs(task, 6, "x"), "stop")))
            .with(Facts.embedded(Facts.ONE, "another text", 1, 0, 0));
    Outcome live = embedding.outcome(facts, Optional.of(task));
    assertThat(Tally.fate(live.caption())).isEqualTo("owed(EMBEDDING)");
    assertThat(Tally.fate(live.sample().orElseThrow())).isEqualTo("owed(EMBEDDING)");
    Outcome closed = live.closed();
    assertThat(Tally.fate(closed.caption())).isEqualTo("rejected(no_embedding)");
    assertThat(Tally.fate(closed.sample().orElseThrow())).isEqualTo("rejected(caption_rejected)");
    Outcome embedded =
        embedding.outcome(
            facts.with(Facts.embedded(Facts.ONE, Facts.caption(7), 1, 0, 0)), Optional.of(task));
    assertThat(Tally.fate(embedded.caption())).startsWith("exported");
    assertThat(Tally.fate(embedded.sample().orElseThrow())).startsWith("exported");
  }

  @Test
  void keepsFactsOfOneRecordOnly() {
    RecordFacts facts = RecordFacts.of(new RecordId(2));
    assertThatThrownBy(() -> facts.with(GOOD)).hasMessageContaining("of record 1, not of 2");
    assertThatThrownBy(() -> facts.with(new SeedsSealed(1, 0)))
        .hasMessageContaining("SeedsSealed is a fact of no record");
    SeedAccepted seed = new SeedAccepted(new RecordId(2), 0, "1", "A dog", Optional.empty());
    assertThat(facts.with(seed).seed()).contains(seed);
    assertThatThrownBy(() -> facts.with(seed).with(seed)).hasMessageContaining("two seeds");
  }

  @Test
  void keepsTheFirstBindingOfAName() {
    Bindings bindings = Facts.bindings();
    var again =
        new dev.alicorn.protocol.JournalEvent.EndpointBound(
            Facts.ENDPOINT,
            dev.alicorn.protocol.WireFormat.OPENAI_CHAT,
            "model-8",
            Facts.PRICE,
            dev.alicorn.protocol.Capabilities.UNKNOWN);
    assertThat(bindings.with(again)).isEqualTo(bindings);
  }
}
