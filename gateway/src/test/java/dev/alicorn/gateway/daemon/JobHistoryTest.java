package dev.alicorn.gateway.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.config.JobFile;
import dev.alicorn.engine.ledger.Statement;
import dev.alicorn.engine.state.JobProgress;
import java.time.Instant;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class JobHistoryTest {
  private static final int MOMENTS = 10_001;

  @Test
  void manyMomentsAreThinnedOutEvenly() throws Exception {
    JobHistory history = history();
    for (int i = 0; i < MOMENTS; i++) {
      history.add(Instant.ofEpochSecond(i), captions(i), new Statement(Map.of()));
      if (i % 97 == 0) {
        assertThat(times(history)).hasSizeLessThanOrEqualTo(JobHistory.POINTS_MAX);
      }
    }
    long[] times = times(history);
    assertThat(times).hasSizeGreaterThan(JobHistory.POINTS_MAX / 4).isSorted();
    assertThat(times[0]).isZero();
    assertThat(times[times.length - 1]).as("the newest").isEqualTo((MOMENTS - 1) * 1000L);
    long step = times[1] - times[0];
    for (int i = 1; i < times.length - 1; i++) {
      assertThat(times[i] - times[i - 1]).isEqualTo(step);
    }
    JsonNode series = json(history).path("series");
    assertThat(series.path("captions").path(1).asLong() * 1000).isEqualTo(times[1]);
    assertThat(series.path("instruct_multiple_choice")).hasSize(times.length);
  }

  @Test
  void aClockThatGoesBackDoesNotTurnItRound() throws Exception {
    JobHistory history = history();
    history.add(Instant.ofEpochSecond(9), captions(1), new Statement(Map.of()));
    history.add(Instant.ofEpochSecond(3), captions(2), new Statement(Map.of()));
    assertThat(times(history)).containsExactly(9000, 9000);
  }

  private static JobHistory history() throws Exception {
    return new JobHistory(
        JobFile.parseJson("{\"seeds\": [{\"builtin\": \"quick-start\"}]}", "job"));
  }

  private static JobProgress captions(long accepted) {
    return new JobProgress(MOMENTS, 0, true, accepted, 0, 0, 0, Map.of(), Map.of(), 0, Map.of());
  }

  private static JsonNode json(JobHistory history) throws Exception {
    return new ObjectMapper().readTree(history.json());
  }

  private static long[] times(JobHistory history) throws Exception {
    return StreamSupport.stream(json(history).path("at_millis").spliterator(), false)
        .mapToLong(JsonNode::asLong)
        .toArray();
  }
}
