package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Encoders in processes of their own, as users run them.
class EncoderWorkersIT {
  private static final int SEEDS = 40;
  private static final Pattern HOW_TO_JOIN =
      Pattern.compile(
          "encoder checked has no worker; start one with `./alicorn gpu-worker checked --join (\\S+)`");

  private static final String JOB = DaemonProcess.JOB.replace("\"none\"", "\"checked\"");

  @TempDir private Path folder = Path.of("");

  @Test
  void aJobHasTheSameVectorsByWorkerProcessesAsByItself() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      byte[] alone = vectors(run(endpoint, "alone", "kind = onnx, model = all-minilm-l6-v2"));
      byte[] workers =
          vectors(run(endpoint, "workers", "kind = onnx, model = all-minilm-l6-v2, processes = 2"));
      assertThat(workers).isEqualTo(alone);
      assertThat(ProcessHandle.allProcesses().filter(this::isWorkerOfThisTest)).isEmpty();
    }
  }

  @Test
  void aDaemonHasItsCaptionsEncodedByAWorkerThatJoins() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      Path here = write(endpoint, "daemon", "kind = remote");
      Files.writeString(
          here.resolve("alicorn.conf"),
          Files.readString(here.resolve("alicorn.conf"))
              + "gateway { port = 0, seed_roots = [\".\"] }\n");
      Path there = Files.createDirectory(folder.resolve("there"));
      Files.writeString(
          there.resolve("alicorn.conf"),
          "encoders { checked { kind = onnx, model = all-minilm-l6-v2 } }\n");
      try (DaemonProcess daemon = DaemonProcess.start(here, HttpClient.newHttpClient())) {
        HttpResponse<String> refused = daemon.post("/v1/jobs", JOB);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        Matcher address = HOW_TO_JOIN.matcher(refused.body());
        assertThat(address.find()).as(refused.body()).isTrue();
        try (AlicornProcess worker =
            AlicornProcess.start(there, "gpu-worker", "checked", "--join", address.group(1))) {
          AtomicReference<String> submitted = new AtomicReference<>("");
          CaptionJob.await(
              worker,
              () -> {
                HttpResponse<String> answer = daemon.post("/v1/jobs", JOB);
                submitted.set(answer.headers().firstValue("Location").orElse(""));
                return answer.statusCode() == 201;
              });
          String job = Objects.requireNonNull(submitted.get());
          daemon.await(job, "completed");
          String dataset = daemon.json(job).path("dataset").asText();
          assertThat(
                  daemon
                      .json(job + "/datasets/" + dataset + "/files/manifest.json")
                      .at("/outcomes/captions/exported")
                      .asInt())
              .isEqualTo(SEEDS);

          daemon.process().terminate();
          assertThat(daemon.process().endsWithin(1, TimeUnit.MINUTES)).isTrue();
          AlicornProcess.Ended end = worker.end();
          assertThat(end.exitCode()).as(end.output()).isEqualTo(3);
          assertThat(end.output()).contains("the engine at " + address.group(1));
        }
      }
    }
  }

  @Test
  void aWorkerThatCannotWorkHereIsBelievedTheFirstTime() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      Path here =
          write(
              endpoint,
              "device",
              "kind = tensorrt, model = all-minilm-l6-v2, libraries = libraries-that-are-not-there");
      AlicornProcess.Ended end = AlicornProcess.run(here, "run", "job.conf");

      assertThat(end.exitCode()).as(end.output()).isEqualTo(3);
      assertThat(end.output().lines().filter(line -> line.contains("TensorRT: ")))
          .as(end.output())
          .singleElement(STRING)
          .startsWith("alicorn: TensorRT: ");
      assertThat(end.output()).doesNotContain("in a row");
      assertThat(end.output()).doesNotContain("\tat ");
      assertThat(endpoint.ledger().completions()).as("nothing was paid for").isZero();
    }
  }

  private Path run(ScriptedEndpoint endpoint, String name, String encoder) throws Exception {
    Path here = write(endpoint, name, encoder);
    AlicornProcess.Ended end = AlicornProcess.run(here, "run", "job.conf", "--out", "dataset");
    assertThat(end.exitCode()).as(end.output()).isZero();
    return here.resolve("dataset");
  }

  /// The vectors of a dataset, as they lie on disk.
  private static byte[] vectors(Path dataset) throws Exception {
    byte[] vectors = Files.readAllBytes(dataset.resolve("npy/embeddings-00000-of-00001.npy"));
    assertThat(vectors.length).isGreaterThan(SEEDS * 384 * Float.BYTES);
    return vectors;
  }

  private Path write(ScriptedEndpoint endpoint, String name, String encoder) throws Exception {
    Path here = Files.createDirectory(folder.resolve(name));
    new CaptionJob(here, SEEDS).write(endpoint, "max_in_flight = 4");
    Files.writeString(
        here.resolve("alicorn.conf"),
        Files.readString(here.resolve("alicorn.conf"))
            + "encoders { checked { %s } }\n".formatted(encoder));
    Files.writeString(
        here.resolve("job.conf"),
        Files.readString(here.resolve("job.conf")).replace("encoder = none", "encoder = checked")
            + "dataset { formats = [npy], vectors = float32 }\n");
    return here;
  }

  private boolean isWorkerOfThisTest(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(folder.toString());
  }
}
