package dev.alicorn.gpuworker.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LlamaProcessFaultIT {
  @TempDir Path folder;

  @Test
  void startsTheServerAgainWhenItIsKilled() throws Exception {
    ProcessHandle second;
    try (LlamaProcess process = LlamaProcess.start(LocalModel.settings(LocalModel.file()));
        HttpClient http = HttpClient.newHttpClient()) {
      URI before = process.url();
      long first = process.pid();
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      process.awaitSuccessor(first);
      second = ProcessHandle.of(process.pid()).orElseThrow();
      assertThat(process.url()).isNotEqualTo(before);
      assertThat(process.failure()).isEmpty();
      HttpResponse<String> health =
          http.send(
              HttpRequest.newBuilder(process.url().resolve("/health")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(health.statusCode()).isEqualTo(200);
    }
    assertThat(second.isAlive()).isFalse();
  }

  @Test
  void givesUpAServerThatKeepsDying() throws Exception {
    Path model = Files.createSymbolicLink(folder.resolve("model.gguf"), LocalModel.file());
    try (LlamaProcess process =
        LlamaProcess.start(LocalModel.settings(model), Duration.ofMillis(1))) {
      Files.delete(model);
      long first = process.pid();
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      process.awaitSuccessor(first);
      assertThat(process.failure())
          .hasValueSatisfying(sentence ->
              assertThat(sentence)
                  .startsWith("the local language model died")
                  .contains(model + ": no such file"));
    }
  }

  @Test
  void endsWithItsParentHoweverThatEnds() throws Exception {
    Process parent =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ParentMain.class.getName(),
                LocalModel.file().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ProcessHandle child =
        ProcessHandle.of(Long.parseLong(parent.inputReader().readLine())).orElseThrow();
    assertThat(child.isAlive()).isTrue();
    parent.destroyForcibly().waitFor();
    child.onExit().join();
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void endsCleanlyInTheMiddleOfItsWork() throws Exception {
    Path report;
    try (HttpClient http = HttpClient.newHttpClient();
        LlamaProcess process = LlamaProcess.start(LocalModel.settings(LocalModel.file()))) {
      report =
          Path.of(
              System.getProperty("java.io.tmpdir"),
              "alicorn-llama-%d.log".formatted(process.pid()));
      HttpRequest slow =
          HttpRequest.newBuilder(URI.create(process.url() + "/chat/completions"))
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      """
                      {"messages": [{"role": "user", "content": "Write."}],
                       "response_format": {"type": "json_schema", "json_schema":
                          {"schema": {"type": "string", "minLength": 900}}}}\
                      """))
              .build();
      CompletableFuture<?>[] calls = new CompletableFuture<?>[3];
      for (int i = 0; i < calls.length; i++) {
        calls[i] = http.sendAsync(slow, HttpResponse.BodyHandlers.ofString());
      }
      // One slot, one place in the queue: the first to be answered is the one turned away.
      Object turnedAway = CompletableFuture.anyOf(calls).join();
      assertThat(((HttpResponse<?>) turnedAway).statusCode()).isEqualTo(503);
    }
    assertThat(report).doesNotExist();
  }

  @Test
  void saysWhyItCannotStart() throws Exception {
    Path none = folder.resolve("none.gguf");
    assertThatThrownBy(() -> LlamaProcess.start(LocalModel.settings(none)))
        .isInstanceOf(LlamaUnavailableException.class)
        .hasMessage("model %s: no such file; fetch it with `alicorn models pull`", none);
    Path nonsense = Files.writeString(folder.resolve("nonsense.gguf"), "nonsense");
    assertThatThrownBy(() -> LlamaProcess.start(LocalModel.settings(nonsense)))
        .isInstanceOf(LlamaUnavailableException.class)
        .hasMessageStartingWith("model %s: llama.cpp does not load it (", nonsense);
  }
}
