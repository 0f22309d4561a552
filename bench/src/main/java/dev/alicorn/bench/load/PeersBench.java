package dev.alicorn.bench.load;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alicorn.bench.measure.BadUsageException;
import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.bench.measure.Scratch;
import dev.alicorn.protocol.JobSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/// Other people's engines and ours on the same work: the same prompts to one endpoint that answers
/// at once, each client told to keep the same number of calls in flight.
public final class PeersBench implements Bench {
  private static final int ROUNDS = 3;
  private static final int IN_FLIGHT = 64;
  private static final int OUR_CALLS = 40_000;
  private static final int SHORT_PART = 10;
  private static final String BARE_CLIENT = "bare_client";
  private static final String ENGINE = "engine";
  private static final String WHOLE_JOB = "whole_job";
  private static final List<Peer> PEERS =
      List.of(
          new Peer("aiohttp", "aiohttp_loop", Map.of(), 40_000),
          new Peer("datatrove", "datatrove_runner", Map.of(), 15_000),
          new Peer(
              "datatrove_checkpoints", "datatrove_runner", Map.of("CHECKPOINTS", "yes"), 6_000),
          new Peer("curator", "curator_llm", Map.of(), 6_000));

  /// A Python peer.
  ///
  /// @param environment of its script alone
  /// @param calls so many that a round takes from 5 to 20 s
  private record Peer(String name, String script, Map<String, String> environment, int calls) {}

  @Override
  public String name() {
    return "peers";
  }

  @Override
  public String subject() {
    return "other engines and ours on the same work and endpoint; --short for a tenth of it";
  }

  @Override
  public BenchResult run() throws Exception {
    return measured(1);
  }

  @Override
  public BenchResult run(List<String> words) throws Exception {
    if (words.equals(List.of("--short"))) {
      return measured(SHORT_PART);
    }
    if (!words.isEmpty()) {
      throw new BadUsageException("peers takes --short or nothing, not " + words);
    }
    return run();
  }

  /// @param part the calls are divided by it
  private BenchResult measured(int part) throws Exception {
    PythonPeers python = PythonPeers.install();
    int calls = OUR_CALLS / part;
    SequencedMap<String, Samples> samples = new LinkedHashMap<>();
    try (Scratch scratch = Scratch.create(name());
        EndpointProcess endpoint = EndpointProcess.start()) {
      Path folder = scratch.folder();
      try (LoadedEngine engine = CaptionJob.engine(folder, endpoint, calls, IN_FLIGHT)) {
        Path prompts = folder.resolve("prompts.json");
        write(prompts, engine.spec().caption(), calls);
        // The first round of each warms our code up and is left out.
        bareClient(engine, endpoint.url(), calls);
        CaptionJob.requireAll(engine.run("round-0"), calls);
        for (int round = 1; round <= ROUNDS; round++) {
          for (Peer peer : PEERS) {
            add(
                samples,
                peer.name(),
                python.run(
                    peer.script(),
                    peer.environment(),
                    endpoint.url(),
                    prompts,
                    peer.calls() / part,
                    IN_FLIGHT));
          }
          add(samples, BARE_CLIENT, bareClient(engine, endpoint.url(), calls));
          Samples.Stopwatch ours = Samples.start(calls);
          RunningJob job = engine.start("round-" + round);
          job.untilSettled(calls, _ -> {});
          add(samples, ENGINE, ours.read());
          CaptionJob.requireAll(job.completed(), calls);
          add(samples, WHOLE_JOB, ours.read());
        }
      }
    }
    return result(samples);
  }

  private static void add(Map<String, Samples> samples, String name, Samples.Sample round) {
    samples.computeIfAbsent(name, _ -> new Samples()).add(round);
  }

  private static Samples.Sample bareClient(LoadedEngine engine, URI url, int calls) {
    Samples.Stopwatch round = Samples.start(calls);
    BareClient.calls(engine.system(), url, engine.spec().caption(), calls, IN_FLIGHT);
    return round.read();
  }

  private BenchResult result(SequencedMap<String, Samples> samples) {
    double ours = Objects.requireNonNull(samples.get(ENGINE)).medianCallsPerSecond();
    List<Row> rows = new ArrayList<>();
    samples.forEach((name, rounds) ->
        rows.add(rounds.row(name).and("engine_to_it_ratio", ours / rounds.medianCallsPerSecond())));
    return new BenchResult(
        name(),
        rows,
        List.of(
            ROUNDS
                + " rounds in turn, "
                + IN_FLIGHT
                + " in flight. Nobody is pinned to a core, and the endpoint is a process of its own"
                + " on the same cores; the Python peers use one core each, the JVM all.",
            "A Python peer is a fresh process a round; its imports are left out, the files that it"
                + " writes are not. bare_client and engine are in one warm JVM and have a round"
                + " before that is left out.",
            "cpu_us_per_call is of the client's process and its children alone.",
            "aiohttp writes a line a reply; datatrove JSONL, with checkpoints each reply to SQLite"
                + " too; curator its files of requests and replies and an Arrow table; engine the"
                + " journal, each reply synced before it is judged, until the last is settled;"
                + " whole_job a Parquet dataset too;"
                + " bare_client nothing."));
  }

  private static void write(Path prompts, JobSpec.Caption spec, int calls) throws IOException {
    JsonMapper json = new JsonMapper();
    ObjectNode work = json.createObjectNode();
    work.put("temperature", spec.temperature()).put("max_tokens", spec.maxTokens());
    ArrayNode texts = work.putArray("prompts");
    for (int number = 0; number < calls; number++) {
      texts.add(spec.prompt().replace("{{seed}}", CaptionJob.seed(number)));
    }
    json.writeValue(prompts.toFile(), work);
  }
}
