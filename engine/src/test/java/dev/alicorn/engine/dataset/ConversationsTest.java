package dev.alicorn.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.engine.dataset.Turn.Role;
import dev.alicorn.engine.judge.Tasks;
import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.RecordId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ConversationsTest {

  @Test
  void pretrainIsARequestWithTheImageAndTheCaption() {
    List<Turn> turns = Conversations.pretrain(new RecordId(7), "A boat.");
    assertThat(turns).extracting(Turn::from).containsExactly(Role.HUMAN, Role.GPT);
    assertThat(turns.getFirst().value()).containsOnlyOnce("<image>");
    assertThat(turns.getLast().value()).isEqualTo("A boat.");
  }

  @Test
  void wordingAndPlaceOfTheImageFollowFromTheId() {
    Set<String> humans = new HashSet<>();
    LongStream.rangeClosed(1, 2000)
        .mapToObj(id -> Conversations.pretrain(new RecordId(id), "x").getFirst().value())
        .forEach(humans::add);
    assertThat(humans).hasSize(24);
    assertThat(humans).filteredOn(human -> human.startsWith("<image>\n")).hasSize(12);
    assertThat(humans).filteredOn(human -> human.endsWith("\n<image>")).hasSize(12);
    assertThat(Conversations.pretrain(new RecordId(1), "x").getFirst().value())
        .isEqualTo(Conversations.pretrain(new RecordId(1), "y").getFirst().value());
  }

  @Test
  void multipleChoiceListsItsOptionsAndAnswersByLetter() {
    List<Turn> turns =
        Conversations.instruct(
            Tasks.JOB.instruct().task(Tasks.MULTIPLE_CHOICE).reply(),
            List.of(
                new Pair("Which?", List.of("one", "two", "three", "four"), "C"),
                new Pair("And now?", List.of("a", "b", "c", "d"), "A")));
    assertThat(turns)
        .containsExactly(
            new Turn(Role.HUMAN, "<image>\nWhich?\nA: one\nB: two\nC: three\nD: four"),
            new Turn(Role.GPT, "C"),
            new Turn(Role.HUMAN, "And now?\nA: a\nB: b\nC: c\nD: d"),
            new Turn(Role.GPT, "A"));
  }

  @Test
  void openQuestionsStandAlone() {
    assertThat(
            Conversations.instruct(
                Tasks.JOB.instruct().task(Tasks.QUESTION_ANSWERING).reply(),
                List.of(new Pair("Why?", List.of(), "Because."))))
        .containsExactly(new Turn(Role.HUMAN, "<image>\nWhy?"), new Turn(Role.GPT, "Because."));
  }

  @Test
  void sampleWithoutAQuestionIsABug() {
    SampleRow row = SyntheticDataset.small().sampleRow(2);
    assertThatThrownBy(() ->
            new SampleRow(
                row.id(), row.task(), row.caption(), List.of(), row.vector(), row.lineage()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
