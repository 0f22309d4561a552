package dev.alicorn.bench.gateway;

import dev.alicorn.bench.load.EndpointProcess;
import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Count;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.bench.measure.Scratch;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// What the daemon does with what no good client sends, again and again: what comes back to each,
/// what a good client notices meanwhile, and what the daemon holds before and after.
public final class AbuseBench implements Bench {
  private static final int MINUTES = 3;
  private static final int IDLE_CONNECTIONS = 2_000;
  private static final int EACH_AT_ONCE = 20;

  @Override
  public String name() {
    return "abuse";
  }

  @Override
  public String subject() {
    return "what the daemon does with idle connections, slow, large and broken requests; --minutes N";
  }

  @Override
  public BenchResult run() throws Exception {
    return run(List.of());
  }

  @Override
  public BenchResult run(List<String> words) throws Exception {
    int minutes = Count.of(name(), "minutes", MINUTES, 1, words);
    Map<String, List<Abuse.Answer>> answers = new LinkedHashMap<>();
    List<Double> goodMillis = new ArrayList<>();
    List<Row> held = new ArrayList<>();
    int rounds = 0;
    try (Scratch scratch = Scratch.create(name());
        EndpointProcess endpoint = EndpointProcess.start();
        RunningDaemon daemon = RunningDaemon.start(scratch.folder(), endpoint)) {
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
      do {
        goodMillis.addAll(round(daemon, answers));
        rounds++;
        if (rounds == 1 || System.nanoTime() >= end) {
          held.add(row("held_after_round_" + rounds, daemon.held()));
        }
      } while (System.nanoTime() < end);
    }
    List<Row> rows = new ArrayList<>();
    answers.forEach((name, all) -> rows.add(row(name, all)));
    double[] good = goodMillis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    rows.add(
        Row.of("good_client", "sent", (double) good.length)
            .and("status", 200)
            .and("p99_s", good[good.length * 99 / 100] / 1e3)
            .and("max_s", good[good.length - 1] / 1e3));
    rows.addAll(held);
    return new BenchResult(
        name(),
        rows,
        List.of(
            "%d rounds; in each, %d idle connections are open while each of the others is sent %d times at once."
                .formatted(rounds, IDLE_CONNECTIONS, EACH_AT_ONCE),
            "status is what came back to all; 0 is a connection that is closed without an answer, odd how many got something else. slow_headers sends them a byte a second for 40 s and never ends them.",
            "good_client asks for /v1/jobs meanwhile. held is behind a full collection, with %s."
                .formatted(RunningDaemon.HEAP)));
  }

  /// Sends everything at once and gives the milliseconds that a good client waited for each of its
  /// answers meanwhile.
  private static List<Double> round(RunningDaemon daemon, Map<String, List<Abuse.Answer>> answers)
      throws Exception {
    URI url = daemon.url();
    List<Socket> idle = new ArrayList<>();
    List<Double> good = new ArrayList<>();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < IDLE_CONNECTIONS; i++) {
        idle.add(Abuse.connected(url));
      }
      Map<String, List<Future<Abuse.Answer>>> sent = new LinkedHashMap<>();
      for (Abuse abuse : Abuse.all(url)) {
        List<Future<Abuse.Answer>> each = new ArrayList<>();
        for (int i = 0; i < EACH_AT_ONCE; i++) {
          each.add(senders.submit(() -> abuse.send(url)));
        }
        sent.put(abuse.name(), each);
      }
      while (sent.values().stream().flatMap(List::stream).anyMatch(each -> !each.isDone())) {
        good.add(answered(daemon));
      }
      for (Map.Entry<String, List<Future<Abuse.Answer>>> each : sent.entrySet()) {
        List<Abuse.Answer> all = answers.computeIfAbsent(each.getKey(), _ -> new ArrayList<>());
        for (Future<Abuse.Answer> answer : each.getValue()) {
          all.add(answer.get());
        }
      }
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
    return good;
  }

  private static double answered(RunningDaemon daemon) throws IOException, InterruptedException {
    long start = System.nanoTime();
    int status = daemon.get("/v1/jobs").statusCode();
    double millis = (System.nanoTime() - start) / 1e6;
    if (status != 200) {
      throw new IOException("a good client got " + status);
    }
    TimeUnit.MILLISECONDS.sleep(20);
    return millis;
  }

  private static Row row(String name, List<Abuse.Answer> answers) {
    int usual = answers.getFirst().status();
    double[] seconds = answers.stream().mapToDouble(Abuse.Answer::seconds).sorted().toArray();
    return Row.of(name, "sent", (double) answers.size())
        .and("status", usual)
        .and("odd", (double) answers.stream().filter(answer -> answer.status() != usual).count())
        .and("p99_s", seconds[seconds.length * 99 / 100])
        .and("max_s", seconds[seconds.length - 1]);
  }

  private static Row row(String name, RunningDaemon.Held held) {
    return Row.of(name, "heap_mb", held.heapBytes() / 1e6)
        .and("rss_mb", held.residentBytes() / 1e6)
        .and("threads", held.threads())
        .and("descriptors", held.descriptors());
  }
}
