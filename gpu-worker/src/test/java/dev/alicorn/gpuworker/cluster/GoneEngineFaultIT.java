package dev.alicorn.gpuworker.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.gpuworker.process.JavaProcess;
import java.io.BufferedReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An engine that is killed.
class GoneEngineFaultIT {
  @Test
  void leavesNoWorkerBehind() throws Exception {
    Process engine =
        JavaProcess.of(List.of("-Xmx256m"), EngineMain.class.getName(), List.of())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String[] words = line(engine.inputReader(), "engine ").split(" ", -1);
    List<ProcessHandle> own =
        List.of(
            ProcessHandle.of(Long.parseLong(words[2])).orElseThrow(),
            ProcessHandle.of(Long.parseLong(words[3])).orElseThrow());
    Process joined = WorkerBench.worker(words[1], 1, "alone").start();
    String works = line(joined.errorReader(), "INFO");
    assertThat(works).contains("works for minilm at " + words[1]);

    engine.destroyForcibly().waitFor();
    for (ProcessHandle worker : own) {
      worker.onExit().join();
      assertThat(worker.isAlive()).isFalse();
    }
    assertThat(line(joined.errorReader(), "alicorn: ")).contains("the engine at " + words[1]);
    assertThat(joined.waitFor()).isEqualTo(3);
  }

  private static String line(BufferedReader reader, String start) throws Exception {
    String line = reader.readLine();
    while (line != null && !line.startsWith(start)) {
      line = reader.readLine();
    }
    return String.valueOf(line);
  }
}
