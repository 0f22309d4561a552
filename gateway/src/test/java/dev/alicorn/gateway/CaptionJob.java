package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A job of captions alone at one scripted endpoint, run by the command line in a folder.
record CaptionJob(Path folder, int seeds) {
  private static final long WAIT_NANOS_MAX = TimeUnit.MINUTES.toNanos(3);

  /// Something that the endpoint or the output shows.
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  /// Writes the job and its deployment.
  ///
  /// @param keys of the endpoint, beside where it is
  void write(ScriptedEndpoint endpoint, String keys) throws IOException {
    write(endpoint, keys, "64MiB");
  }

  /// The same with another reserve on the journal's disk.
  void write(ScriptedEndpoint endpoint, String keys, String reserve) throws IOException {
    Files.write(
        folder.resolve("seeds.txt"),
        Stream.iterate(1, i -> i + 1)
            .limit(seeds)
            .map(i -> "a yellow tram number " + i + " in the rain")
            .toList());
    Files.writeString(
        folder.resolve("job.conf"),
        """
        name = trams
        seeds = [ { file = seeds.txt } ]
        caption { endpoint = scripted }
        instruct { tasks {} }
        embed { encoder = none }
        """);
    Files.writeString(
        folder.resolve("alicorn.conf"),
        """
        endpoints { scripted { kind = openai, url = "%s", model = scripted, %s } }
        journal { reserve = %s }
        """
            .formatted(endpoint.url(), keys, reserve));
  }

  AlicornProcess start() throws IOException {
    return AlicornProcess.start(folder, "run", "job.conf", "--data", "data", "--out", "trams");
  }

  /// Runs it to its end.
  void complete() throws Exception {
    try (AlicornProcess process = start()) {
      AlicornProcess.Ended end = process.end();
      assertThat(end.exitCode()).as(end.output()).isZero();
    }
    assertAllExported();
  }

  /// Each seed is a row of the dataset.
  void assertAllExported() {
    assertThat(folder.resolve("trams/manifest.json"))
        .content()
        .contains("\"exported\" : " + seeds + "\n");
  }

  /// Waits for something while a process lives, for minutes at most.
  static void await(AlicornProcess process, Condition condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.holds()) {
      assertThat(process.endsWithin(5, TimeUnit.MILLISECONDS)).as(process.output()).isFalse();
      assertThat(System.nanoTime() - start)
          .as("it has not come: %s", process.output())
          .isLessThan(WAIT_NANOS_MAX);
    }
  }

  /// The facts of one type, in order; those of a job whose first fact never came to be are none.
  <E extends JournalEvent> List<E> facts(EventType type, Class<E> event) throws Exception {
    List<Path> journals;
    try (Stream<Path> jobs = Files.list(folder.resolve("data/jobs"))) {
      journals =
          jobs.map(job -> job.resolve("journal"))
              .filter(journal -> Files.exists(journal.resolve("0001")))
              .toList();
    }
    List<E> facts = new ArrayList<>();
    Set<EventType> wanted = Set.of(type);
    for (Path journal : journals) {
      try (JournalCursor cursor = JournalReader.open(journal)) {
        for (JournalEntry entry = cursor.next(wanted); entry != null; entry = cursor.next(wanted)) {
          facts.add(event.cast(entry.event()));
        }
      }
    }
    return facts;
  }
}
