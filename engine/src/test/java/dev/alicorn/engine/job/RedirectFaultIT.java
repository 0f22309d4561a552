package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A redirect to another host: it is not followed, so that neither key nor prompts get there.
class RedirectFaultIT {
  @RegisterExtension static final JobBench BENCH = new JobBench();

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(ints = {302, 308})
  void theOtherHostIsNeverCalled(int status) throws Exception {
    try (ServerSocket elsewhere = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start()) {
      String location = "http://127.0.0.1:" + elsewhere.getLocalPort() + "/v1/chat/completions";
      endpoint.suffers(
          FaultPlan.always(new Fault.Status(status, "", Map.of("Location", location))));
      TestJob job = BENCH.job(folder, endpoint);

      JobEnd.Paused paused = job.paused();
      assertThat(paused.reason()).isEqualTo(PauseReason.ENDPOINT);
      assertThat(paused.detail())
          .contains("" + status, "a redirect, which is not followed", "endpoints.scripted.url");
      assertThat(paused.progress().captionsLost()).isZero();

      elsewhere.setSoTimeout(1);
      assertThatThrownBy(elsewhere::accept).isInstanceOf(SocketTimeoutException.class);
      endpoint.suffers(FaultPlan.NONE);
      assertThat(job.completed().dataset().captions()).isEqualTo(Map.of("exported", 6L));
    }
  }
}
