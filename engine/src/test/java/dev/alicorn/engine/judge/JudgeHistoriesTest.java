package dev.alicorn.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.JobSpec.Repeat;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.CallStarted;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.TaskName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// However a job's history goes, its dataset is the one that the endpoints' answers imply.
class JudgeHistoriesTest {
  private static final int WORLDS = 400;
  private static final int HISTORIES = 5;

  @Test
  void everyHistoryOfAWorldGivesTheSameDataset() {
    for (int seed = 0; seed < WORLDS; seed++) {
      World world = new World(seed);
      for (int history = 0; history < HISTORIES; history++) {
        LiveJob job = new LiveJob(world, Repeat.ON_UNKNOWN, random(seed, history), history).run();
        String which = "world " + seed + ", history " + history;
        assertThat(job.tally()).as(which).isEqualTo(expected(world, job.draw));
        assertThat(job.selection().complete()).as(which).isTrue();
        assertThat(replayed(world, job.draw, shuffled(job.journal, random(seed, history))))
            .as(which + ", replayed")
            .isEqualTo(job.tally());
      }
    }
  }

  @Test
  void whatIsSettledStaysSettledWhateverFollows() {
    for (int seed = 0; seed < WORLDS / 4; seed++) {
      World world = new World(seed);
      for (Repeat repeat : Repeat.values()) {
        LiveJob job = new LiveJob(world, repeat, random(seed, 1), 2).run();
        Judge judge = new Judge(Facts.recipe(world.tasks), world.bindings(repeat));
        for (RecordFacts facts : Tally.byRecord(world.records, job.journal).values()) {
          Optional<TaskName> drawn = job.draw.taskOf(facts.record());
          Outcome last = judge.outcome(facts, drawn);
          RecordFacts prefix = RecordFacts.of(facts.record());
          Set<String> calling = new HashSet<>();
          for (JournalEvent fact : own(job.journal, facts.record())) {
            prefix = prefix.with(fact);
            if (fact instanceof CallStarted call) {
              calling.add(ask(call));
            } else if (fact instanceof CallEvent call) {
              calling.remove(ask(call));
            }
            Outcome now = judge.outcome(prefix, drawn);
            String which = "world " + seed + ", " + repeat + ", record " + facts.record();
            if (calling.isEmpty() && now.caption().settled()) {
              assertThat(Tally.fate(now.caption())).as(which).isEqualTo(Tally.fate(last.caption()));
            }
            if (calling.isEmpty() && drawn.isPresent() && now.sample().orElseThrow().settled()) {
              assertThat(Tally.fate(now.sample().orElseThrow()))
                  .as(which)
                  .isEqualTo(Tally.fate(last.sample().orElseThrow()));
            }
          }
        }
      }
    }
  }

  @Test
  void aJobThatNeverRepeatsParksWhatItDoesNotKnow() {
    int parked = 0;
    for (int seed = 0; seed < WORLDS; seed++) {
      World world = new World(seed);
      LiveJob job = new LiveJob(world, Repeat.NEVER, random(seed, 7), 3).run();
      String which = "world " + seed;
      assertThat(madeAgain(job.journal)).as(which).isEmpty();
      assertThat(job.journal.stream().filter(CallStarted.class::isInstance).count())
          .as(which)
          .isEqualTo(job.requests);
      Tally tally = job.tally();
      for (Map.Entry<RecordId, String> fate : tally.captions().entrySet()) {
        if (fate.getValue().equals("parked")) {
          parked++;
        } else {
          assertThat(fate.getValue())
              .as(which + ", record " + fate.getKey())
              .isEqualTo(world.captionFate(fate.getKey()));
        }
      }
      assertThat(tally.captionCounts().values().stream().mapToLong(Long::longValue).sum())
          .as(which)
          .isEqualTo(world.records);
    }
    assertThat(parked).as("records parked in all worlds").isPositive();
  }

  /// The dataset by the world's script, without the judge: of each task's candidates in rank order
  /// those up to the last one needed.
  private static Tally expected(World world, Draw draw) {
    Map<RecordId, String> captions = new TreeMap<>();
    for (long id = 1; id <= world.records; id++) {
      captions.put(new RecordId(id), world.captionFate(new RecordId(id)));
    }
    Map<TaskName, Map<RecordId, String>> samples = new TreeMap<>();
    world.tasks.forEach((task, count) -> {
      long missing = count;
      for (int place = 0; place < draw.candidates(task) && missing > 0; place++) {
        RecordId record = draw.candidate(task, place);
        String fate = world.sampleFate(record, task);
        samples.computeIfAbsent(task, _ -> new TreeMap<>()).put(record, fate);
        missing -= fate.startsWith("exported") ? 1 : 0;
      }
    });
    return Tally.counted(captions, samples);
  }

  private static Tally replayed(World world, Draw draw, List<JournalEvent> journal) {
    Judge judge = new Judge(Facts.recipe(world.tasks), world.bindings(Repeat.ON_UNKNOWN));
    return Tally.of(judge, draw, Tally.byRecord(world.records, journal));
  }

  /// The journal with its facts in another order, those of one ask and those of the encoder kept
  /// among themselves.
  private static List<JournalEvent> shuffled(List<JournalEvent> journal, RandomGenerator random) {
    Map<String, List<JournalEvent>> strands = new HashMap<>();
    for (JournalEvent fact : journal) {
      String strand = fact instanceof CallEvent call ? ask(call) : Tally.recordOf(fact).toString();
      strands.computeIfAbsent(strand, _ -> new ArrayList<>()).add(fact);
    }
    List<List<JournalEvent>> left = new ArrayList<>(strands.values());
    List<JournalEvent> shuffled = new ArrayList<>();
    while (!left.isEmpty()) {
      int drawn = random.nextInt(left.size());
      shuffled.add(left.get(drawn).removeFirst());
      if (left.get(drawn).isEmpty()) {
        left.remove(drawn);
      }
    }
    return shuffled;
  }

  /// The calls that were started while an earlier one for the same ask had no answer.
  private static List<CallEvent> madeAgain(List<JournalEvent> journal) {
    Map<String, CallEvent> last = new HashMap<>();
    List<CallEvent> again = new ArrayList<>();
    for (JournalEvent fact : journal) {
      if (fact instanceof CallEvent call) {
        CallEvent before = last.put(ask(call), call);
        if (before instanceof CallStarted && call instanceof CallStarted) {
          again.add(call);
        }
      }
    }
    return again;
  }

  private static String ask(CallEvent call) {
    return call.record() + " " + call.stage() + " " + call.ask();
  }

  private static List<JournalEvent> own(List<JournalEvent> journal, RecordId record) {
    return journal.stream().filter(fact -> Tally.recordOf(fact).equals(record)).toList();
  }

  private static RandomGenerator random(long seed, int history) {
    return new SplittableRandom(seed * 31 + history);
  }
}
