package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.Bytes;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An endpoint that says its caller's key back wherever it can, while it fails in every way:
/// nothing that a run leaves or prints holds the key, in no form and in no part that would help to
/// guess it.
class SecretsFaultIT {
  private static final String CANARY = "sk-canary/5b1e+77d0d3f49a==";
  private static final String PART = CANARY.substring(0, 16);
  private static final List<String> FORMS =
      List.of(
          PART,
          URLEncoder.encode(PART, StandardCharsets.UTF_8),
          PART.replace("/", "\\/"),
          base64(PART.substring(0, 15)));

  /// What is echoed: the key in each form.
  private static final String ECHO =
      CANARY
          + " "
          + URLEncoder.encode(CANARY, StandardCharsets.UTF_8)
          + " "
          + CANARY.replace("/", "\\/")
          + " "
          + base64(CANARY);

  private static final Map<String, String> ECHOING_HEADERS =
      Map.of("X-Your-Key", CANARY, "WWW-Authenticate", "Bearer realm=\"" + CANARY + "\"");

  /// No more of them than the budget of retries lets through at once.
  private static final List<Fault> FAULTS =
      List.of(
          new Fault.Says("You sent " + CANARY + " and a wooden boat on a calm and wide grey lake."),
          status(400),
          new Fault.Status(503, ECHO, ECHOING_HEADERS),
          new Fault.Status(429, ECHO, Map.of("Retry-After", "0." + CANARY, "X-Your-Key", CANARY)),
          Fault.body("{\"error\":{\"message\":\"the key " + CANARY + " is throttled\"}}"),
          Fault.body("{\"choices\":[], \"you\":\"" + ECHO),
          wire("HTTP/1.1 200 " + CANARY + "\r\nContent-Length: 2\r\n\r\n{}"),
          wire(CANARY + "\r\n\r\n"),
          wire("HTTP/1.1 200 OK\r\n" + CANARY + "\r\n\r\n"),
          wire("HTTP/1.1 200 OK\r\nContent-Length: " + CANARY + "\r\n\r\n"),
          wire("HTTP/1.1 200 OK\r\nContent-Type: " + CANARY + "\r\nContent-Length: 2\r\n\r\n{}"),
          wire("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"you\":\"" + PART));

  @TempDir private Path folder = Path.of("");
  @TempDir private Path deployment = Path.of("");

  @BeforeEach
  void writeJob() throws IOException {
    Files.write(
        folder.resolve("seeds.txt"),
        Stream.iterate(1, i -> i + 1).limit(24).map(i -> "a tin boat number " + i).toList());
    Files.writeString(
        folder.resolve("job.conf"),
        """
        name = watched
        seeds = [ { file = seeds.txt } ]
        caption.endpoint = scripted
        instruct { endpoint = scripted, tasks { question_answering = 4 } }
        embed.encoder = none
        """);
  }

  @Test
  void nothingThatARunLeavesHoldsTheKey() throws Exception {
    List<FaultPlan> plans = FAULTS.stream().map(fault -> FaultPlan.onAttempts(fault)).toList();
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted().suffering(FaultPlan.byKey(plans)).start()) {
      writeDeployment(endpoint);
      AlicornProcess.Ended end = run("run", "job.conf", "--out", "dataset");
      assertThat(end.exitCode()).as(end.output()).isLessThanOrEqualTo(1);
      assertThat(endpoint.ledger().requests()).isGreaterThanOrEqualTo(24 + 4 + FAULTS.size() - 2);
    }
    Path journal = journal();
    run("journal", "cat", journal.toString());
    run("journal", "verify", journal.toString());
    run("journal", "stats", journal.toString());
    run("validate", "dataset");
    assertNoKey();
    assertThat(allText()).as("the scrubbed places are there").contains("You sent *** ");
  }

  @Test
  void norDoesARunThatIsPaused() throws Exception {
    for (Fault last :
        List.of(
            status(401),
            new Fault.Status(307, ECHO, Map.of("Location", "http://127.0.0.1:1/" + CANARY)))) {
      try (ScriptedEndpoint endpoint =
          ScriptedEndpoint.scripted().suffering(FaultPlan.always(last)).start()) {
        writeDeployment(endpoint);
        AlicornProcess.Ended end = run("run", "job.conf", "--new");
        assertThat(end.exitCode()).as(end.output()).isEqualTo(3);
        assertThat(end.output()).contains("is paused", "endpoint scripted");
      }
    }
    assertNoKey();
  }

  @Test
  void norDoesTheConfigurationsError() throws Exception {
    Files.writeString(
        deployment.resolve("alicorn.conf"),
        "endpoints.scripted { kind = openai, url = \"ftp://"
            + CANARY
            + "@host\", key = \""
            + CANARY
            + "\", model = m, kee = \""
            + CANARY
            + "\" }");
    AlicornProcess.Ended end = run("run", "job.conf");

    assertThat(end.exitCode()).as(end.output()).isEqualTo(2);
    assertNoKey();
  }

  /// Runs a command; what it prints stays in a file of the folder.
  private AlicornProcess.Ended run(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(arguments));
    if (arguments[0].equals("run")) {
      line.addAll(List.of("--config", deployment.resolve("alicorn.conf").toString()));
    }
    return AlicornProcess.run(folder, line.toArray(String[]::new));
  }

  private void writeDeployment(ScriptedEndpoint endpoint) throws IOException {
    Files.writeString(
        deployment.resolve("alicorn.conf"),
        """
        endpoints.scripted {
          kind = openai, url = "%s", model = scripted, key = "%s", max_in_flight = 1, call_deadline = 4s
        }
        journal.reserve = 64MiB
        """
            .formatted(endpoint.url(), CANARY));
  }

  private Path journal() throws IOException {
    try (Stream<Path> jobs = Files.list(folder.resolve("alicorn-data/jobs"))) {
      return jobs.findFirst().orElseThrow().resolve("journal");
    }
  }

  private void assertNoKey() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (String form : FORMS) {
          int at = content.indexOf(form);
          assertThat(at)
              .as(() ->
                  file + ": …" + content.substring(Math.max(0, at - 80), Math.max(0, at)) + form)
              .isNegative();
        }
      }
    }
  }

  private String allText() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  private static Fault status(int code) {
    return new Fault.Status(
        code,
        "{\"error\":{\"message\":\"no good: " + ECHO + "\",\"code\":\"" + CANARY + "\"}}",
        ECHOING_HEADERS);
  }

  private static Fault wire(String text) {
    return new Fault.Wire(Bytes.utf8(text));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
