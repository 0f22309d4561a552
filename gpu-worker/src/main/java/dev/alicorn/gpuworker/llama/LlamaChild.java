package dev.alicorn.gpuworker.llama;

import dev.alicorn.gpuworker.process.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One life of a llama server: a child of this process, on the same Java and class path.
///
/// Its standard input stays open as long as this process lives, and not longer.
final class LlamaChild implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LlamaChild.class);
  private static final Duration READY_MAX = Duration.ofMinutes(2);
  private static final Duration END_MAX = Duration.ofSeconds(5);

  private final Process process;
  private final URI url;
  private final Complaint complaint;

  private LlamaChild(Process process, URI url, Complaint complaint) {
    this.process = process;
    this.url = url;
    this.complaint = complaint;
  }

  /// Starts a server and waits until it is ready.
  ///
  /// @throws LlamaUnavailableException with the server's own sentence where it gave one
  static LlamaChild start(LlamaServerSettings settings)
      throws LlamaUnavailableException, InterruptedException {
    Process process;
    try {
      process = command(settings).start();
    } catch (IOException e) {
      throw new LlamaUnavailableException(
          "the local language model's process does not start: " + e.getMessage(), e);
    }
    Complaint complaint = new Complaint();
    CompletableFuture<URI> ready = new CompletableFuture<>();
    Thread errors =
        Thread.ofPlatform()
            .daemon()
            .name("llama-stderr")
            .start(() -> drain(process.errorReader(), complaint::line));
    Thread.ofPlatform()
        .daemon()
        .name("llama-stdout")
        .start(() -> {
          drain(
              process.inputReader(),
              line -> {
                if (line.startsWith(LlamaServer.READY)) {
                  ready.complete(URI.create(line.substring(LlamaServer.READY.length())));
                }
              });
          ready.completeExceptionally(new IOException("the server ended"));
        });
    try {
      URI url = ready.get(READY_MAX.toSeconds(), TimeUnit.SECONDS);
      return new LlamaChild(process, url, complaint);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw new LlamaUnavailableException(
          "the local language model was not ready within %d s; the machine may be short of memory"
              .formatted(READY_MAX.toSeconds()),
          e);
    } catch (ExecutionException e) {
      process.destroyForcibly();
      int status = process.waitFor();
      errors.join(END_MAX);
      throw new LlamaUnavailableException(complaint.orElse(status), e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  URI url() {
    return url;
  }

  long pid() {
    return process.pid();
  }

  /// Waits until the process has ended, and says how.
  String awaitEnd() throws InterruptedException {
    return complaint.orElse(process.waitFor());
  }

  @Override
  public void close() {
    JavaProcess.end(process);
  }

  private static ProcessBuilder command(LlamaServerSettings settings) {
    return JavaProcess.of(
        List.of(
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ErrorFile=%s/alicorn-llama-%%p.log"
                .formatted(System.getProperty("java.io.tmpdir"))),
        LlamaServer.class.getName(),
        settings.toArguments());
  }

  private static void drain(BufferedReader reader, java.util.function.Consumer<String> each) {
    try (reader) {
      reader.lines().forEach(each);
    } catch (IOException | UncheckedIOException _) {
      // The process is gone; its exit status says more.
    }
  }

  /// What the process last said on standard error.
  private static final class Complaint {
    private volatile String last = "";
    private volatile String sentence = "";

    private void line(String line) {
      LOG.debug("llama: {}", line);
      if (line.startsWith(LlamaServer.COMPLAINT)) {
        sentence = line.substring(LlamaServer.COMPLAINT.length());
      } else if (!line.isBlank()) {
        last = line;
      }
    }

    private String orElse(int status) {
      if (!sentence.isEmpty()) {
        return sentence;
      }
      return "the local language model's process ended with status %d%s"
          .formatted(status, last.isEmpty() ? "" : ": " + last);
    }
  }
}
