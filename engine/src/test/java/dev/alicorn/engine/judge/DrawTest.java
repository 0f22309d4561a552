package dev.alicorn.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.TaskName;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DrawTest {
  private static final Map<TaskName, Long> TWO_EACH =
      Map.of(Tasks.MULTIPLE_CHOICE, 2L, Tasks.QUESTION_ANSWERING, 2L, Tasks.COMPLEX_REASONING, 2L);

  @Test
  void dealsEveryRecordOnce() {
    Draw draw = Draw.over(16, 1, TWO_EACH);
    List<RecordId> all = new ArrayList<>();
    for (TaskName task : Tasks.ALL) {
      assertThat(draw.candidates(task)).isBetween(5, 6);
      for (int place = 0; place < draw.candidates(task); place++) {
        RecordId record = draw.candidate(task, place);
        assertThat(draw.taskOf(record)).contains(task);
        assertThat(draw.placeOf(record)).isEqualTo(place);
        all.add(record);
      }
    }
    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(1, 16).mapToObj(RecordId::new).toList());
  }

  /// Every prefix of the ranking is shared in proportion to the counts.
  @Test
  void sharesEveryPrefixInProportion() {
    Map<TaskName, Long> counts =
        Map.of(
            Tasks.MULTIPLE_CHOICE,
            171_000L,
            Tasks.QUESTION_ANSWERING,
            199_000L,
            Tasks.COMPLEX_REASONING,
            100_000L);
    int records = 5_000;
    Draw draw = Draw.over(records, 7, counts);
    Map<TaskName, Integer> dealt = new TreeMap<>();
    List<RecordId> ranking = ranking(draw, records);
    for (int rank = 0; rank < records; rank++) {
      dealt.merge(draw.taskOf(ranking.get(rank)).orElseThrow(), 1, Integer::sum);
      for (TaskName task : Tasks.ALL) {
        double share = (rank + 1.0) * counts.getOrDefault(task, 0L) / 470_000;
        assertThat(dealt.getOrDefault(task, 0) - share).as("rank " + rank).isBetween(-2.0, 2.0);
      }
    }
  }

  /// The keys against SplitMix64 in arbitrary precision, straight from its paper.
  @Test
  void ranksBySplitMix64() {
    Draw draw = Draw.over(100, -5, TWO_EACH);
    BigInteger start = mix(BigInteger.valueOf(-5));
    for (long id = 1; id <= 100; id++) {
      BigInteger state =
          start.add(BigInteger.valueOf(id).multiply(new BigInteger("9E3779B97F4A7C15", 16)));
      assertThat(draw.key(id)).isEqualTo(mix(state).longValue());
      assertThat(draw.id(draw.key(id))).isEqualTo(id);
    }
  }

  /// The first outputs of the published generator for seed 0, by which many ports check themselves.
  @Test
  void mixesAsPublished() {
    Draw draw = Draw.over(1, 0, TWO_EACH);
    assertThat(LongStream.of(1, 2).map(draw::key).mapToObj(Long::toHexString))
        .containsExactly("e220a8397b1dcdaf", "6e789e6aa1b965f4");
  }

  @Test
  void followsFromSeedRecordsAndProportionAlone() {
    Draw draw = Draw.over(500, 3, TWO_EACH);
    Draw same =
        Draw.over(
            500,
            3,
            Map.of(
                Tasks.COMPLEX_REASONING,
                9L,
                Tasks.MULTIPLE_CHOICE,
                9L,
                Tasks.QUESTION_ANSWERING,
                9L));
    Draw other = Draw.over(500, 4, TWO_EACH);
    assertThat(candidates(draw)).isEqualTo(candidates(same)).isNotEqualTo(candidates(other));
  }

  @Test
  void drawsNobodyForNothing() {
    Draw draw = Draw.over(9, 1, Map.of(Tasks.MULTIPLE_CHOICE, 0L));
    assertThat(draw.taskOf(new RecordId(3))).isEmpty();
    assertThat(draw.candidates(Tasks.MULTIPLE_CHOICE)).isZero();
    Draw one = Draw.over(9, 1, Map.of(Tasks.MULTIPLE_CHOICE, 2L, Tasks.QUESTION_ANSWERING, 0L));
    assertThat(one.candidates(Tasks.MULTIPLE_CHOICE)).isEqualTo(9);
    assertThat(Draw.over(0, 1, TWO_EACH).candidates(Tasks.MULTIPLE_CHOICE)).isZero();
  }

  @Test
  void saysWhatItCannotDraw() {
    assertThatThrownBy(() -> Draw.over(1L << 31, 1, TWO_EACH)).hasMessageContaining("split");
    assertThatThrownBy(() -> Draw.over(5, 1, Map.of(Tasks.MULTIPLE_CHOICE, -1L)))
        .hasMessageContaining("instruct.tasks.multiple_choice");
    assertThatThrownBy(() -> Draw.over(5, 1, TWO_EACH).taskOf(new RecordId(6)))
        .hasMessageContaining("record 6");
  }

  @Test
  void holdsForHugeCounts() {
    Draw draw =
        Draw.over(
            90, 1, Map.of(Tasks.MULTIPLE_CHOICE, 1L << 60, Tasks.QUESTION_ANSWERING, 1L << 59));
    assertThat(draw.candidates(Tasks.MULTIPLE_CHOICE)).isEqualTo(60);
    assertThat(draw.candidates(Tasks.QUESTION_ANSWERING)).isEqualTo(30);
  }

  private static List<RecordId> ranking(Draw draw, int records) {
    return LongStream.rangeClosed(1, records)
        .boxed()
        .sorted(Comparator.comparingLong(draw::key))
        .map(RecordId::new)
        .toList();
  }

  private static List<List<RecordId>> candidates(Draw draw) {
    List<List<RecordId>> all = new ArrayList<>();
    for (TaskName task : Tasks.ALL) {
      all.add(
          IntStream.range(0, draw.candidates(task))
              .mapToObj(place -> draw.candidate(task, place))
              .toList());
    }
    return all;
  }

  private static BigInteger mix(BigInteger bits) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(64);
    BigInteger z = bits.mod(modulus);
    z = z.xor(z.shiftRight(30)).multiply(new BigInteger("BF58476D1CE4E5B9", 16)).mod(modulus);
    z = z.xor(z.shiftRight(27)).multiply(new BigInteger("94D049BB133111EB", 16)).mod(modulus);
    return z.xor(z.shiftRight(31));
  }
}
