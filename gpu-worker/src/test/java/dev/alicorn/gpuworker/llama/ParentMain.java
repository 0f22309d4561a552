package dev.alicorn.gpuworker.llama;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// A process that starts a llama server, prints its process id and waits to be killed.
final class ParentMain {
  private ParentMain() {}

  public static void main(String[] args) throws Exception {
    LlamaProcess process = LlamaProcess.start(LocalModel.settings(Path.of(args[0])));
    System.out.println(process.pid());
    new CountDownLatch(1).await();
  }
}
