package dev.alicorn.bench;

import dev.alicorn.bench.encode.EncodeBench;
import dev.alicorn.bench.fault.BitFlipBench;
import dev.alicorn.bench.fault.KillBench;
import dev.alicorn.bench.fault.PowerCutBench;
import dev.alicorn.bench.gateway.AbuseBench;
import dev.alicorn.bench.gateway.GatewayBench;
import dev.alicorn.bench.gpu.GpuBench;
import dev.alicorn.bench.load.CallsBench;
import dev.alicorn.bench.load.ChaosBench;
import dev.alicorn.bench.load.JournalBench;
import dev.alicorn.bench.load.LimitsBench;
import dev.alicorn.bench.load.MemoryBench;
import dev.alicorn.bench.load.PeersBench;
import dev.alicorn.bench.load.ReplayBench;
import dev.alicorn.bench.load.ReplaysBench;
import dev.alicorn.bench.load.RestartBench;
import dev.alicorn.bench.load.SoakBench;
import dev.alicorn.bench.load.StartBench;
import dev.alicorn.bench.load.TransferBench;
import dev.alicorn.bench.load.WritersBench;
import dev.alicorn.bench.measure.BadUsageException;
import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.ChildProcess;
import dev.alicorn.bench.measure.Machine;
import dev.alicorn.bench.measure.UnavailableException;
import dev.alicorn.bench.micro.MicroBench;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs one bench: `bench/run NAME [WORDS] [--save]`.
final class BenchMain {
  private static final List<Bench> BENCHES =
      List.of(
          new CallsBench(),
          new LimitsBench(),
          new ChaosBench(),
          new KillBench(),
          new PowerCutBench(),
          new BitFlipBench(),
          new PeersBench(),
          new StartBench(),
          new RestartBench(),
          new JournalBench(),
          new ReplayBench(),
          new ReplaysBench(),
          new TransferBench(),
          new EncodeBench(),
          new GpuBench(),
          new WritersBench(),
          new MemoryBench(),
          new SoakBench(),
          new GatewayBench(),
          new AbuseBench(),
          new MicroBench());
  private static final Path RESULTS = Path.of("bench", "results");
  private static final int FAILED = 1;
  private static final int BAD_USAGE = 2;
  private static final int UNAVAILABLE = 3;

  /// The commit that a packed copy was made of, where it runs outside of a checkout.
  private static final String COMMIT = "alicorn.commit";

  private BenchMain() {}

  static void main(String[] arguments) {
    int status;
    try {
      status = run(arguments);
    } catch (Throwable e) {
      e.printStackTrace();
      status = FAILED;
    }
    // Threads that a bench has left do not keep the process.
    System.exit(status);
  }

  private static int run(String[] arguments) throws Exception {
    boolean save = List.of(arguments).contains("--save");
    List<String> words =
        List.of(arguments).stream().filter(word -> !word.equals("--save")).toList();
    Optional<Bench> bench =
        BENCHES.stream()
            .filter(known -> words.stream().limit(1).toList().equals(List.of(known.name())))
            .findFirst();
    if (bench.isEmpty()) {
      usage(System.err);
      return BAD_USAGE;
    }
    BenchResult result;
    try {
      result = bench.get().run(words.subList(1, words.size()));
    } catch (BadUsageException e) {
      System.err.println(e.getMessage());
      return BAD_USAGE;
    } catch (UnavailableException e) {
      System.err.println(e.getMessage());
      return UNAVAILABLE;
    }
    if (save) {
      save(result, words);
    }
    System.out.println(result.table());
    result.remarks().forEach(System.out::println);
    System.out.println(result.json());
    return 0;
  }

  private static void usage(PrintStream err) {
    err.println("usage: bench/run NAME [WORDS] [--save], with one of the names");
    BENCHES.forEach(bench -> err.printf("  %-10s %s%n", bench.name(), bench.subject()));
    err.println("--save rewrites bench/results/NAME.md");
  }

  private static void save(BenchResult result, List<String> words)
      throws IOException, InterruptedException {
    Files.createDirectories(RESULTS);
    String command = "bench/run " + String.join(" ", words) + " --save";
    Files.writeString(
        RESULTS.resolve(result.bench() + ".md"), result.page(Machine.here(), commit(), command));
  }

  /// The commit that was measured, with a word on changes that it does not hold.
  private static String commit() throws IOException, InterruptedException {
    String packed = System.getProperty(COMMIT);
    if (packed != null) {
      return packed;
    }
    ChildProcess head =
        ChildProcess.run(Map.of(), List.of("git", "rev-parse", "--short=12", "HEAD"));
    if (head.exitCode() != 0) {
      return "unknown, this is no git checkout";
    }
    List<String> status = List.of("git", "status", "--porcelain", "--", ".", ":!" + RESULTS);
    String changes = ChildProcess.run(Map.of(), status).orThrow().output();
    return head.output().strip() + (changes.isEmpty() ? "" : ", with changes");
  }
}
