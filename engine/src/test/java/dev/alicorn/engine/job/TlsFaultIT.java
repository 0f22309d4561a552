package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.engine.scripted.TestAuthority;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A certificate that cannot be trusted: nothing is sent, no row is lost, and the run pauses when
/// it has not been mended for long.
class TlsFaultIT {
  private static final String HERE = "ip:127.0.0.1";

  @RegisterExtension static final JobBench BENCH = new JobBench();

  @TempDir private static Path certificates = Path.of("");
  private static SSLContext platform;
  private static TestAuthority authority;
  private static SSLContext good;

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void trustTheAuthority() throws Exception {
    platform = SSLContext.getDefault();
    authority = TestAuthority.in(certificates);
    good = authority.server(HERE);
    SSLContext.setDefault(good);
  }

  @AfterAll
  static void restoreTrust() {
    SSLContext.setDefault(platform);
  }

  @Test
  void anExpiredCertificate() throws Exception {
    assertNothingIsSent(authority.expiredServer(HERE));
  }

  @Test
  void aCertificateOfAnotherName() throws Exception {
    assertNothingIsSent(authority.server("dns:elsewhere.example"));
  }

  private void assertNothingIsSent(SSLContext shown) throws Exception {
    try (VirtualTime time = new VirtualTime();
        ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().overTls(shown).start();
        ScriptedEndpoint mended = ScriptedEndpoint.scripted().overTls(good).start()) {
      TestJob job = BENCH.job(folder, endpoint).givingUpAfter(Duration.ofMinutes(1)).on(time);

      JobEnd.Paused paused = job.paused();
      assertThat(paused.reason()).isEqualTo(PauseReason.ENDPOINT);
      assertThat(paused.detail()).contains("not_sent", "TLS failed", "endpoints.scripted.url");
      assertThat(paused.progress().captionsLost()).isZero();
      assertThat(paused.bill().calls()).isZero();
      assertThat(endpoint.ledger().requests()).isZero();

      assertThat(job.movedTo(mended).completed().dataset().captions())
          .isEqualTo(Map.of("exported", 6L));
    }
  }
}
