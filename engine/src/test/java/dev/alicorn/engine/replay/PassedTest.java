package dev.alicorn.engine.replay;

import static dev.alicorn.engine.judge.Facts.bindings;
import static dev.alicorn.engine.judge.Facts.caption;
import static dev.alicorn.engine.judge.Facts.chat;
import static dev.alicorn.engine.judge.Facts.pair;
import static dev.alicorn.engine.judge.Facts.recipe;
import static dev.alicorn.engine.judge.Facts.replied;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.judge.Judge;
import dev.alicorn.engine.judge.Outcome;
import dev.alicorn.engine.judge.RecordFacts;
import dev.alicorn.engine.judge.Tasks;
import dev.alicorn.protocol.Filter;
import dev.alicorn.protocol.Filters;
import dev.alicorn.protocol.Filters.Action;
import dev.alicorn.protocol.Filters.OptionOrder;
import dev.alicorn.protocol.Filters.Rule;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.TaskName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PassedTest {
  private static final TaskName TASK = Tasks.QUESTION_ANSWERING;
  private static final Judge JUDGE =
      new Judge(
          recipe(Map.of(TASK, 100L))
              .with(
                  new Filters(
                      OptionOrder.AS_REPLIED, Map.of(Filter.LEAKAGE, new Rule(Action.REJECT, 0)))),
          bindings());
  private static final String LEAKY_CAPTION = caption(1) + " The caption describes it.";

  /// Replies to a caption call, with whether the filters have nothing against any.
  private record Replies(List<String> texts, boolean clean) {}

  @Test
  void aRecordJudgedAgainComesToTheSameWithoutItsFiltersWhereTheyHadNothingToSay() {
    List<Replies> captions =
        List.of(
            new Replies(List.of(caption(1)), true),
            new Replies(List.of(LEAKY_CAPTION), false),
            new Replies(List.of(LEAKY_CAPTION, caption(1)), false),
            new Replies(List.of("I cannot help with that.", caption(1)), true),
            new Replies(List.of(), true));
    List<Replies> samples =
        List.of(
            new Replies(List.of(pairs(0, 4)), true),
            new Replies(List.of(pairs(1, 4)), false),
            new Replies(List.of(pairs(4, 0)), false),
            new Replies(List.of(pairs(4, 0), pairs(0, 4)), false),
            new Replies(List.of("no json", pairs(0, 4)), true));
    for (Replies caption : captions) {
      for (Replies sample : samples) {
        RecordFacts record = record(caption, sample);
        Outcome naive = JUDGE.outcome(record, Optional.of(TASK));
        Passed passed = new Passed(JUDGE);
        Passed.Look first = passed.new Look();
        assertThat(first.outcome(record, Optional.empty()).caption()).isEqualTo(naive.caption());
        passed.addCaptions(first);
        Passed.Look second = passed.new Look();
        assertThat(second.outcome(record, Optional.of(TASK))).isEqualTo(naive);
        passed.addWholes(second);
        assertThat(passed.ofWhole(record.record()).outcome(record, Optional.of(TASK)))
            .as("%s, %s", caption, sample)
            .isEqualTo(naive);
        assertThat(passed.ofCaption(record.record()).outcome(record, Optional.empty()).caption())
            .isEqualTo(naive.caption());
        assertThat(passed.ofCaption(record.record()) != JUDGE)
            .as("%s is trusted", caption)
            .isEqualTo(caption.clean());
        boolean looked = naive.caption() instanceof Outcome.Part.Exported;
        assertThat(passed.ofWhole(record.record()) != JUDGE)
            .as("%s, %s are trusted", caption, sample)
            .isEqualTo(caption.clean() && (sample.clean() || !looked));
      }
    }
  }

  private static RecordFacts record(Replies caption, Replies sample) {
    RecordId id = new RecordId(3);
    RecordFacts record = RecordFacts.of(id);
    for (Stage stage : List.of(Stage.CAPTION, TASK.stage())) {
      List<String> texts = stage.equals(Stage.CAPTION) ? caption.texts() : sample.texts();
      for (int ask = 0; ask < texts.size(); ask++) {
        record = record.with(replied(id, stage, ask, chat(texts.get(ask), "stop"), ask));
      }
    }
    return record;
  }

  private static String pairs(int leaky, int good) {
    List<String> pairs = new ArrayList<>();
    Stream.iterate(1, i -> i <= leaky, i -> i + 1)
        .forEach(i -> pairs.add(pair(TASK, "According to the caption, what is thing " + i + "?")));
    Stream.iterate(1, i -> i <= good, i -> i + 1)
        .forEach(i -> pairs.add(pair(TASK, "Which colour is thing " + i + "?")));
    return "{\"id\":\"\",\"QA Pairs\":[" + String.join(",", pairs) + "]}";
  }
}
