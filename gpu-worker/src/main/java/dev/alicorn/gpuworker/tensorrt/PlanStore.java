package dev.alicorn.gpuworker.tensorrt;

import dev.alicorn.gpuworker.EncoderException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// A model's folder of plans, which are engines as files, each named by the hash of its key.
///
/// One process at a time builds; others wait and find the plan. A plan appears whole or not at all.
/// Those used longest ago are removed beyond a few, since one has the size of the weights.
record PlanStore(Path folder) {
  private static final int PLANS_MAX = 4;
  private static final String PLAN = ".plan";
  private static final ReentrantLock IN_PROCESS = new ReentrantLock();

  /// The making of a plan.
  @FunctionalInterface
  interface Maker {
    /// Writes a plan to a file that is not there.
    void make(Path file) throws EncoderException, InterruptedException;
  }

  /// A model's plans in the user's own cache.
  static PlanStore ofUser(String model) {
    String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path home =
        cache.startsWith("/") ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache");
    return new PlanStore(
        home.resolve("alicorn")
            .resolve("plans")
            .resolve(model.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.+", "_")));
  }

  /// The plan of a key, made first where it is not there.
  ///
  /// @throws EncoderException where it cannot be made or stored
  Path plan(EngineKey key, Maker maker) throws EncoderException, InterruptedException {
    Path plan = folder.resolve(key.hash().hex() + PLAN);
    IN_PROCESS.lockInterruptibly();
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        if (!Files.exists(plan)) {
          make(plan, maker);
        }
        Files.setLastModifiedTime(plan, FileTime.from(Instant.now()));
        prune();
        return plan;
      }
    } catch (IOException e) {
      throw new EncoderException(
          "TensorRT: the plan %s cannot be stored (%s); check the disk's room and the folder's rights"
              .formatted(plan, e),
          e);
    } finally {
      IN_PROCESS.unlock();
    }
  }

  /// Removes a plan that TensorRT does not take, so that it is built anew.
  void discard(Path plan) throws IOException {
    Files.deleteIfExists(plan);
  }

  /// Where the builder keeps how long each kernel took.
  Path timings(String capability) {
    return folder.resolve("timings-" + capability);
  }

  private void make(Path plan, Maker maker)
      throws IOException, EncoderException, InterruptedException {
    Path part = folder.resolve(plan.getFileName() + ".part");
    Files.deleteIfExists(part);
    try {
      maker.make(part);
      sync(part, StandardOpenOption.WRITE);
      Files.move(part, plan, StandardCopyOption.ATOMIC_MOVE);
      sync(folder, StandardOpenOption.READ);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void prune() throws IOException {
    List<Path> plans;
    try (Stream<Path> files = Files.list(folder)) {
      plans = files.filter(file -> file.toString().endsWith(PLAN)).toList();
    }
    record Aged(Path plan, FileTime used) {}
    List<Aged> aged = new ArrayList<>();
    for (Path plan : plans) {
      aged.add(new Aged(plan, Files.getLastModifiedTime(plan)));
    }
    aged.sort(Comparator.comparing(Aged::used).reversed().thenComparing(Aged::plan));
    for (Aged old : aged.subList(Math.min(PLANS_MAX, aged.size()), aged.size())) {
      Files.delete(old.plan());
    }
  }

  private static void sync(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }
}
