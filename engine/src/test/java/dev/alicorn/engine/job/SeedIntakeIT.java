package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.engine.seed.SeedException;
import dev.alicorn.engine.seed.SeedReader;
import dev.alicorn.engine.state.SeedProgress;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import dev.alicorn.protocol.JournalEvent.SeedRefused;
import dev.alicorn.protocol.JournalEvent.SeedsSealed;
import dev.alicorn.protocol.SeedSource;
import dev.alicorn.protocol.SeedSource.Filter;
import dev.alicorn.protocol.SeedSource.Format;
import dev.alicorn.protocol.SeedSource.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedIntakeIT {
  private static final long RANDOM_SEED = 31;

  @TempDir private Path folder = Path.of("");

  /// Three sources that share texts, with broken rows, groups, a filter, weights and a limit.
  private List<SeedSource> sources = List.of();

  @BeforeEach
  void writeSources() throws IOException {
    Random random = new Random(RANDOM_SEED);
    List<String> captions = new ArrayList<>(List.of("image,caption", "\"0,broken"));
    List<String> web = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      captions.add(random.nextInt(20) + "," + caption(random));
      web.add("{\"text\": \"" + caption(random) + (random.nextInt(4) == 0 ? ".jpg" : "") + "\"}");
      web.add(random.nextInt(6) == 0 ? "{}" : "");
      texts.add(caption(random));
    }
    Files.write(folder.resolve("captions.csv"), captions);
    Files.write(folder.resolve("web.jsonl"), web);
    Files.write(folder.resolve("texts.txt"), texts);
    sources =
        List.of(
            new SeedSource.File(
                "captions.csv",
                Format.AUTO,
                Optional.of("caption"),
                Optional.of("image"),
                Filter.NONE,
                new Share(OptionalInt.of(2), OptionalLong.empty())),
            new SeedSource.File(
                "web.jsonl",
                Format.AUTO,
                Optional.of("text"),
                Optional.empty(),
                Filter.WEB,
                new Share(OptionalInt.of(3), OptionalLong.of(30))),
            new SeedSource.File("texts.txt", Optional.empty(), Optional.empty()),
            new SeedSource.Builtin("quick-start"));
  }

  private static String caption(Random random) {
    String[] things = {"dog", "cat", "boat", "tree", "child", "lake"};
    return "a "
        + things[random.nextInt(things.length)]
        + " beside the "
        + things[random.nextInt(things.length)]
        + (random.nextBoolean() ? " in the sun" : "");
  }

  @Test
  void givesTheSameFactsWhereverItWasStopped() throws IOException {
    List<JournalEvent> whole = facts(SeedProgress.NONE, Integer.MAX_VALUE);
    long seeds = whole.stream().filter(SeedAccepted.class::isInstance).count();
    long refused = whole.stream().filter(SeedRefused.class::isInstance).count();
    assertThat(seeds).isGreaterThan(40);
    assertThat(refused).isGreaterThan(3);
    assertThat(whole.getLast()).isEqualTo(new SeedsSealed(seeds, refused));

    for (int stop = 0; stop <= whole.size(); stop++) {
      List<JournalEvent> facts = new ArrayList<>(facts(SeedProgress.NONE, stop));
      facts.addAll(facts(progress(facts), Integer.MAX_VALUE));
      assertThat(facts).as("seed %s, stopped at %s", RANDOM_SEED, stop).isEqualTo(whole);
    }
  }

  @Test
  void noticesThatASourceHasChanged() throws IOException {
    SeedProgress before = progress(facts(SeedProgress.NONE, 20));
    Files.writeString(folder.resolve("texts.txt"), "a bird in a bush\n");

    assertThatThrownBy(() -> facts(before, 1))
        .isInstanceOf(SeedException.class)
        .hasMessageContaining("row 20")
        .hasMessageContaining("--new");
  }

  private static SeedProgress progress(List<JournalEvent> facts) {
    SeedProgress progress = SeedProgress.NONE;
    for (JournalEvent fact : facts) {
      progress = progress.after(fact);
    }
    return progress;
  }

  private List<JournalEvent> facts(SeedProgress before, int count) throws IOException {
    List<JournalEvent> facts = new ArrayList<>();
    try (SeedReader rows = new SeedReader(sources, folder)) {
      SeedIntake intake = new SeedIntake(rows, before);
      while (facts.size() < count && intake.hasNext()) {
        facts.add(intake.next());
      }
    }
    return facts;
  }
}
