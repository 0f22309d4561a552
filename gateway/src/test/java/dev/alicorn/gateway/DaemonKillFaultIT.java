package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// P1 and P3 for a daemon: it is killed with -9 while jobs take seeds, and whatever it answered
/// with 201 or 202 holds. Senders send again what was not answered, under ids; who watches goes on
/// behind the last event that came.
///
/// The system property `alicorn.daemon.kills` makes it longer.
class DaemonKillFaultIT {
  private static final int KILLS = Integer.getInteger("alicorn.daemon.kills", 4);
  private static final int JOBS = 5;
  private static final int SEEDS = 40 * KILLS;
  private static final int SEEDS_PER_REQUEST = 10;
  private static final int MILLIS_BETWEEN_KILLS_MAX = 1_500;
  private static final int REPEATS_PER_KILL_MAX = JOBS * 68;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final AtomicReference<CompletableFuture<DaemonProcess>> daemon =
      new AtomicReference<>(new CompletableFuture<>());
  private final List<DaemonProcess> started = new ArrayList<>();

  @TempDir private Path folder = Path.of("");

  @Test
  void whatWasAnsweredHolds() throws Exception {
    System.out.println("seed " + seed);
    ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted().answeringAfter(Duration.ofMillis(20)).start()) {
      start(endpoint);
      List<Future<String>> jobs = new ArrayList<>();
      List<Future<List<Long>>> watched = new ArrayList<>();
      for (int i = 0; i < JOBS; i++) {
        String key = "job-" + i;
        Future<String> job = clients.submit(() -> until(() -> submitted(key)));
        jobs.add(clients.submit(() -> sentAndSealed(job.get())));
        watched.add(clients.submit(() -> watch(job.get())));
      }
      for (int kill = 0; kill < KILLS; kill++) {
        AlicornProcess process = started.getLast().process();
        boolean ended =
            process.endsWithin(random.nextInt(MILLIS_BETWEEN_KILLS_MAX), TimeUnit.MILLISECONDS);
        assertThat(ended).as(process.output()).isFalse();
        daemon.set(new CompletableFuture<>());
        process.kill();
        start(endpoint);
      }
      for (Future<String> job : jobs) {
        daemon().await(job.get(), "completed");
      }
      assertThat(jobs.stream().map(Future::resultNow)).doesNotHaveDuplicates();
      for (Future<List<Long>> events : watched) {
        assertThat(events.get())
            .as("seed %d: numbers of the events that came", seed)
            .containsExactlyElementsOf(
                LongStream.rangeClosed(1, events.get().size()).boxed().toList());
      }
      List<SeedAccepted> seeds =
          new CaptionJob(folder, SEEDS).facts(EventType.SEED_ACCEPTED, SeedAccepted.class);
      assertThat(seeds).as("seed %d", seed).hasSize(JOBS * SEEDS);
      assertThat(seeds.stream().map(SeedAccepted::text).distinct()).hasSize(JOBS * SEEDS);
      assertThat(endpoint.ledger().calls()).hasSize(JOBS * SEEDS);
      assertThat(endpoint.ledger().requests())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(JOBS * SEEDS + KILLS * REPEATS_PER_KILL_MAX);
    } finally {
      // Those whose daemon never came are waiting for it.
      clients.shutdownNow();
      clients.close();
      started.forEach(DaemonProcess::close);
    }
  }

  private void start(ScriptedEndpoint endpoint) throws Exception {
    started.add(DaemonProcess.serve(folder, SEEDS, endpoint));
    Objects.requireNonNull(daemon.get()).complete(started.getLast());
  }

  /// The daemon that runs, or runs in a moment.
  private DaemonProcess daemon() throws ExecutionException, InterruptedException {
    return Objects.requireNonNull(daemon.get()).get();
  }

  private Optional<String> submitted(String key) throws Exception {
    HttpResponse<String> created =
        daemon().post("/v1/jobs", DaemonProcess.STREAMED, "Idempotency-Key", key);
    return created.statusCode() == 201
        ? created.headers().firstValue("Location")
        : Optional.empty();
  }

  /// Sends a job's seeds, all of them under ids, and then that none follows.
  private String sentAndSealed(String job) throws Exception {
    for (int from = 0; from < SEEDS; from += SEEDS_PER_REQUEST) {
      String lines =
          IntStream.range(from, from + SEEDS_PER_REQUEST)
              .mapToObj(i -> "{\"id\":\"%d\",\"text\":\"seed %d of %s\"}\n".formatted(i, i, job))
              .collect(Collectors.joining());
      until(() -> answered(job + "/seeds", lines));
    }
    return until(() -> answered(job + "/seal", "").map(_ -> job));
  }

  private Optional<String> answered(String path, String body) throws Exception {
    HttpResponse<String> response = daemon().post(path, body);
    return response.statusCode() == 202 ? Optional.of(response.body()) : Optional.empty();
  }

  /// Asks again until there is an answer, however often the daemon is gone meanwhile.
  private static <T> T until(Callable<Optional<T>> ask) throws Exception {
    while (true) {
      try {
        Optional<T> answer = ask.call();
        if (answer.isPresent()) {
          return answer.get();
        }
      } catch (IOException _) {
        // The daemon is gone; it comes again.
      }
    }
  }

  /// Follows a job to its end and gives the numbers of the changes that came.
  private List<Long> watch(String job) throws Exception {
    List<Long> numbers = new ArrayList<>();
    boolean[] ended = {false};
    while (!ended[0]) {
      try {
        HttpRequest request =
            HttpRequest.newBuilder(daemon().url().resolve(job + "/events"))
                .header("Last-Event-ID", numbers.isEmpty() ? "0" : "" + numbers.getLast())
                .build();
        try (Stream<String> lines = daemon().http().send(request, BodyHandlers.ofLines()).body()) {
          lines.forEach(line -> {
            if (line.startsWith("id:")) {
              numbers.add(Long.parseLong(line.substring("id:".length()).strip()));
            }
            ended[0] |= line.equals("event: end");
          });
        }
      } catch (IOException | UncheckedIOException _) {
        // The daemon is gone; it comes again.
      }
    }
    return numbers;
  }
}
