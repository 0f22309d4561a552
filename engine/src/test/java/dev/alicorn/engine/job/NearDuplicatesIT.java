package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.replay.Replay;
import dev.alicorn.engine.replay.ReplayResult;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A job that rejects near duplicates among its captions, which are known only when all are there.
class NearDuplicatesIT {
  private static final Pattern NUMBER = Pattern.compile("number (\\d+)");
  private static final int PERIOD = 4;

  @TempDir private Path folder = Path.of("");

  private final ActorTestKit actors = ActorTestKit.create();

  @AfterEach
  void stopActors() {
    actors.shutdownTestKit();
  }

  @Test
  void reachesItsNumbersWithOtherCaptionsAndReplaysTheSame() throws Exception {
    UnaryOperator<String> planted = new PlantedAnswers();
    UnaryOperator<String> author =
        request -> {
          Matcher number = NUMBER.matcher(request);
          boolean twin = number.find() && Integer.parseInt(number.group(1)) % PERIOD == 0;
          return twin && !request.contains("QA Pairs")
              ? "A kite number " + number.group(1) + " over a beach. " + PlantedAnswers.TWIN
              : planted.apply(request);
        };
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().writtenBy(author).start()) {
      JobEnd.Completed end =
          new TestJob(actors, folder, endpoint)
              .ofSeeds(80)
              .embedding(new HashingEncoder(8, ""))
              .withSteps(
                  """
                  instruct { endpoint = scripted, tasks { question_answering = 50 } }
                  dataset { formats = [jsonl] }
                  filters {
                    action = off
                    near_duplicate.action = reject
                  }
                  """)
              .completed();

      long captions = end.dataset().captions().getOrDefault("exported", 0L);
      assertThat(end.dataset().captions().get("rejected(near_duplicate)"))
          .isEqualTo(80 - captions)
          .isGreaterThanOrEqualTo(80 / PERIOD - 1);
      assertThat(end.dataset().samples()).containsEntry("exported", 50L);

      ReplayResult again =
          Replay.of(folder.resolve("job/journal"), "test").into(folder.resolve("again"));
      assertThat(again.manifest()).isEqualTo(end.dataset().manifest());
      assertThat(again.samples()).isEqualTo(end.dataset().samples());
      assertThat(Map.copyOf(again.captions())).isEqualTo(end.dataset().captions());
    }
  }
}
