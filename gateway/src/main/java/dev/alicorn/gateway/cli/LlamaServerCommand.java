package dev.alicorn.gateway.cli;

import dev.alicorn.gpuworker.llama.LlamaServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// `alicorn llama-server`: a GGUF model behind an OpenAI-compatible endpoint, until standard input
/// ends.
@Command(
    name = "llama-server",
    description = "Serves a GGUF model as an OpenAI-compatible endpoint until standard input ends.",
    footer = {
      "",
      "  --model FILE   the GGUF file",
      "  --name NAME    what requests call the model",
      "  --port N       0 for any free one",
      "  --slots N      requests answered at a time",
      "  --threads N    threads that compute",
      "  --context N    tokens of one prompt and its answer",
      "  --queue N      requests that wait for a slot"
    })
final class LlamaServerCommand implements Callable<Integer> {
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    LlamaServer.main(arguments.toArray(String[]::new));
    // The end of standard input halts the process.
    new CountDownLatch(1).await();
    return ExitCode.DONE.code();
  }
}
