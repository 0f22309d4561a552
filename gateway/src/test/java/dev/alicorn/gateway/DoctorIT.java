package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `alicorn doctor` as its user runs it.
class DoctorIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void aDeploymentThatIsFit() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().askingForKey("right").start()) {
      deployment(
          "scripted { kind = openai, url = \"%s\", model = scripted, key = right }"
              .formatted(endpoint.url()));

      AlicornProcess.Ended end = doctor("--models", "no-models");

      assertThat(end.exitCode()).as(end.output()).isZero();
      assertThat(end.output().lines().map(DoctorIT::subject).toList())
          .containsSubsequence(
              "cpu",
              "memory",
              "data folder",
              "disk",
              "open files",
              "java",
              "model all-minilm-l6-v2",
              "model smollm2-135m-instruct",
              "encoder minilm",
              "endpoint local",
              "endpoint scripted",
              "gpu",
              "tensorrt");
      assertThat(end.output())
          .containsPattern("ok +endpoint scripted +scripted \\(openai-chat\\); 64 calls at a time")
          .containsPattern("none +model smollm2-135m-instruct +not fetched \\(98 MB\\); ")
          .containsPattern("none +endpoint local ")
          .containsPattern("none +encoder minilm ")
          .contains("13 checks: ")
          .doesNotContain("fail", "right ");
      assertThat(endpoint.ledger().completions()).isZero();
    }
    assertThat(files()).containsExactly("alicorn.conf", "output");
  }

  @Test
  void whatIsWrongFailsWithItsMendAndTheRestIsLookedAt() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().askingForKey("right").start();
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      deployment(
          """
          away { kind = openai, url = "http://127.0.0.1:%d/v1", model = m }
          local { kind = llama, model = nobodys }
          silent { kind = openai, url = "http://127.0.0.1:%d/v1", model = m }
          unlisted { kind = openai, url = "%s", model = another, key = right }
          wrong { kind = openai, url = "%s", model = scripted, key = canary-8c1f }
          """
              .formatted(absent(), silent.getLocalPort(), endpoint.url(), endpoint.url()));

      Files.writeString(
          folder.resolve("alicorn.conf"),
          "encoders { own { kind = onnx, folder = nowhere } }\n",
          StandardOpenOption.APPEND);

      AlicornProcess.Ended end =
          doctor("--data", "/proc/alicorn-data", "--models", "no-models", "--json");

      assertThat(end.exitCode()).as(end.output()).isEqualTo(1);
      assertThat(end.output()).doesNotContain("canary-8c1f", "fault of Alicorn");
      JsonNode root = new ObjectMapper().readTree(end.output());
      Map<String, String> verdicts = new HashMap<>();
      Map<String, String> messages = new HashMap<>();
      for (JsonNode check : root.get("checks")) {
        verdicts.put(check.get("check").asText(), check.get("verdict").asText());
        messages.put(check.get("check").asText(), check.get("message").asText());
      }
      assertThat(verdicts)
          .containsEntry("data folder", "fail")
          .containsEntry("disk", "none")
          .containsEntry("encoder minilm", "none")
          .containsEntry("encoder own", "fail")
          .containsEntry("endpoint away", "fail")
          .containsEntry("endpoint local", "fail")
          .containsEntry("endpoint silent", "fail")
          .containsEntry("endpoint unlisted", "warn")
          .containsEntry("endpoint wrong", "fail")
          .containsEntry("model nobodys", "fail");
      assertThat(root.get("fail").asInt()).isEqualTo(7);
      assertThat(messages.get("endpoint away")).contains("; start it, or mend endpoints.away.url");
      assertThat(messages.get("endpoint silent")).contains("endpoints.silent.url");
      assertThat(messages.get("endpoint unlisted")).contains("endpoints.unlisted.model");
      assertThat(messages.get("endpoint wrong")).contains("; set endpoints.wrong.key");
      assertThat(messages.get("data folder")).contains("--data");
    }
  }

  @Test
  void aWrongConfigurationIsBadInput() throws Exception {
    Files.writeString(folder.resolve("alicorn.conf"), "endpoinst {}\n");

    AlicornProcess.Ended end = doctor();

    assertThat(end.exitCode()).as(end.output()).isEqualTo(2);
    assertThat(end.output()).contains("alicorn.conf:1", "endpoints");
  }

  private AlicornProcess.Ended doctor(String... options) throws Exception {
    return AlicornProcess.run(
        folder, Stream.concat(Stream.of("doctor"), Stream.of(options)).toArray(String[]::new));
  }

  private void deployment(String endpoints) throws IOException {
    Files.writeString(
        folder.resolve("alicorn.conf"),
        "endpoints {\n%s\n}\njournal.reserve = 64MiB\n".formatted(endpoints));
  }

  private static int absent() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  /// The second column, behind a verdict of four characters.
  private static String subject(String line) {
    return line.length() < 6 ? line : line.substring(6).split(" {2,}", 2)[0];
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replaceAll("-[0-9]+\\.txt$", ""))
          .sorted()
          .toList();
    }
  }
}
