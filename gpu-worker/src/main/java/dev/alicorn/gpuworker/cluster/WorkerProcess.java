package dev.alicorn.gpuworker.cluster;

import dev.alicorn.gpuworker.process.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One life of a worker process: a child of this one, which ends when its standard input does.
///
/// Its standard output tells its address; what it says on standard error goes to this process's
/// log, each line marked. Thread-safe.
public final class WorkerProcess implements AutoCloseable {
  /// Begins the line on standard output that ends with the worker's address.
  static final String ADDRESS = "worker at ";

  /// Begins the line on standard error that says why the program ends.
  private static final String COMPLAINT = "alicorn: ";

  /// The exit status of a program that lacks what it needs.
  private static final int UNAVAILABLE = 3;

  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

  private final Process process;
  private final String mark;
  private final CompletableFuture<Ending> ended;
  private volatile Optional<String> address = Optional.empty();
  private volatile Optional<String> complaint = Optional.empty();

  /// How a worker process ended.
  ///
  /// @param how a sentence
  /// @param refusal the sentence by which it said, before it had an address, that its encoder
  ///   cannot be had here; starting it again helps nobody
  record Ending(String how, Optional<String> refusal) {}

  private WorkerProcess(Process process, String mark) {
    this.process = process;
    this.mark = mark;
    CompletableFuture<Void> said =
        CompletableFuture.allOf(
            read("stdout", process.inputReader(), this::out),
            read("stderr", process.errorReader(), this::err));
    this.ended = process.onExit().thenCombine(said, (end, _) -> ending(end.exitValue()));
  }

  /// Starts a process.
  ///
  /// @param mark before each of its lines in the log
  public static WorkerProcess start(ProcessBuilder builder, String mark) throws IOException {
    return new WorkerProcess(builder.start(), mark);
  }

  /// Its address in the cluster, as soon as it has told it.
  Optional<String> address() {
    return address;
  }

  /// Its host and port; empty before it has told its address.
  String worker() {
    return address.map(it -> it.substring(it.indexOf('@') + 1)).orElse("");
  }

  long pid() {
    return process.pid();
  }

  /// Completes when it has ended.
  CompletableFuture<Ending> ended() {
    return ended;
  }

  /// Ends it without its doing, as for one that does not answer any more.
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    JavaProcess.end(process);
  }

  private CompletableFuture<Void> read(
      String stream, BufferedReader reader, Consumer<String> line) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread.ofVirtual()
        .name(mark + " " + stream)
        .start(() -> {
          try (reader) {
            reader.lines().forEach(line);
          } catch (IOException | UncheckedIOException _) {
            // The process is gone; its exit status says more.
          } finally {
            end.complete(null);
          }
        });
    return end;
  }

  private void out(String line) {
    if (line.startsWith(ADDRESS)) {
      address = Optional.of(line.substring(ADDRESS.length()));
    }
  }

  private void err(String line) {
    LOG.info("{}: {}", mark, line);
    if (line.startsWith(COMPLAINT)) {
      complaint = Optional.of(line.substring(COMPLAINT.length()));
    }
  }

  private Ending ending(int status) {
    return new Ending(
        "%s ended with status %d%s"
            .formatted(mark, status, complaint.map(it -> ": " + it).orElse("")),
        status == UNAVAILABLE && address.isEmpty() ? complaint : Optional.empty());
  }
}
