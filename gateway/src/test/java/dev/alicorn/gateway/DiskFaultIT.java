package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.CallLedger;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disks that fill up, run out of inodes or are read-only, and too few file descriptors, in
/// namespaces of the command's own (P8).
@Tag("namespaces")
class DiskFaultIT {
  private static final int SEEDS = 400;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void makeMountPoint() throws IOException {
    Files.createDirectories(folder.resolve("disk"));
  }

  @Test
  void aFullDiskHoldsTheJobUntilThereIsRoom() throws Exception {
    try (ScriptedEndpoint endpoint = endpoint(Duration.ofMillis(40));
        AlicornProcess process =
            AlicornProcess.startInShell(
                "mount -t tmpfs -o size=320m none disk && exec \"$@\"", folder, run("disk/data"))) {
      CaptionJob.await(process, () -> endpoint.ledger().completions() >= 20);
      Path filler = process.seenByIt(folder.resolve("disk/filler"));
      fill(filler);
      CaptionJob.await(
          process,
          () -> {
            fill(filler);
            return process.output().contains("held: ") && endpoint.ledger().inFlight() == 0;
          });
      assertThat(process.seenByIt(folder.resolve("disk/data/ballast")))
          .as("given up for what was in flight")
          .doesNotExist();
      assertThat(endpoint.ledger().requests()).isLessThan(SEEDS);

      Files.delete(filler);
      AlicornProcess.Ended end = process.end();
      assertThat(end.exitCode()).as(end.output()).isZero();
      assertThat(end.output()).contains("the disk has room again");
      requireEachOnce(endpoint);
    }
  }

  @Test
  void aDatasetThatFindsNoRoomLeavesNothingAndIsMadeLater() throws Exception {
    try (ScriptedEndpoint endpoint = endpoint(Duration.ZERO)) {
      AlicornProcess.Ended end =
          inShell(
              """
              mount -t tmpfs -o size=24k none disk
              "$@"; echo "ended with $?"; ls -A disk
              mount -o remount,size=64m disk
              exec "$@"
              """,
              run("data", "--out", "disk/dataset"));
      assertThat(end.exitCode()).as(end.output()).isZero();
      assertThat(end.output())
          .contains("No space left on device")
          .contains("ended with 3\ngoing on with job");
      requireEachOnce(endpoint);
    }
  }

  @Test
  void aDiskWithoutInodesIsToldAndNothingIsLost() throws Exception {
    try (ScriptedEndpoint endpoint = endpoint(Duration.ZERO)) {
      AlicornProcess.Ended end =
          inShell(
              """
              mount -t tmpfs -o size=400m,nr_inodes=14 none disk
              "$@"; echo "ended with $?"
              mount -o remount,nr_inodes=1000 disk
              exec "$@"
              """,
              run("disk/data"));
      assertThat(end.exitCode()).as(end.output()).isZero();
      assertThat(end.output()).contains("No space left on device").contains("ended with 3");
      requireEachOnce(endpoint);
    }
  }

  @Test
  void aReadOnlyDiskIsTold() throws Exception {
    try (ScriptedEndpoint endpoint = endpoint(Duration.ZERO)) {
      AlicornProcess.Ended end =
          inShell("mount -t tmpfs -o size=64m,ro none disk && exec \"$@\"", run("disk/data"));
      assertThat(end.exitCode()).as(end.output()).isEqualTo(3);
      assertThat(end.output()).contains("Read-only file system").doesNotContain("\tat ");
      assertThat(endpoint.ledger().requests()).isZero();
    }
  }

  @Test
  void tooFewFileDescriptorsAreToldBeforeTheFirstCall() throws Exception {
    try (ScriptedEndpoint endpoint = endpoint(Duration.ZERO)) {
      AlicornProcess.Ended end = inShell("ulimit -n 259 && exec \"$@\"", run("data"));
      assertThat(end.exitCode()).as(end.output()).isEqualTo(3);
      assertThat(end.output()).contains("allow it 260 with `ulimit -n`, or lower max_in_flight");
      assertThat(endpoint.ledger().requests()).isZero();

      AlicornProcess.Ended allowed = inShell("ulimit -n 260 && exec \"$@\"", run("data"));
      assertThat(allowed.exitCode()).as(allowed.output()).isZero();
      requireEachOnce(endpoint);
    }
  }

  private AlicornProcess.Ended inShell(String script, String... arguments) throws Exception {
    try (AlicornProcess process = AlicornProcess.startInShell(script, folder, arguments)) {
      return process.end();
    }
  }

  private static String[] run(String data, String... more) {
    return Stream.concat(Stream.of("run", "job.conf", "--data", data), Stream.of(more))
        .toArray(String[]::new);
  }

  private ScriptedEndpoint endpoint(Duration latency) throws IOException {
    ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().answeringAfter(latency, 0).start();
    new CaptionJob(folder, SEEDS).write(endpoint, "max_in_flight = 4", "100MiB");
    return endpoint;
  }

  /// Writes until the disk is full.
  private static void fill(Path file) throws IOException {
    byte[] megabyte = new byte[1 << 20];
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(megabyte);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left on device");
    }
  }

  private static void requireEachOnce(ScriptedEndpoint endpoint) {
    assertThat(endpoint.ledger().calls().values())
        .hasSize(SEEDS)
        .extracting(CallLedger.Call::requests)
        .containsOnly(1);
  }
}
