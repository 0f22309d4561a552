package dev.alicorn.gpuworker.cluster;

import java.util.concurrent.CountDownLatch;

/// An engine with two worker processes: it prints its address and their process ids when one has
/// joined, and waits to be killed.
final class EngineMain {
  private EngineMain() {}

  public static void main(String[] args) throws Exception {
    WorkerBench bench = new WorkerBench(2, _ -> 1);
    bench.open();
    System.out.println(
        "engine %s %d %d"
            .formatted(bench.address(), bench.process(1).pid(), bench.process(2).pid()));
    new CountDownLatch(1).await();
  }
}
