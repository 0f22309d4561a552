package dev.alicorn.engine.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.engine.scripted.TestAuthority;
import dev.alicorn.protocol.FailureCause;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whom the client speaks TLS with, and whom it does not even send a request.
final class TlsIT {
  private static final String HERE = "ip:127.0.0.1";

  @TempDir private static Path folder = Path.of("");
  private static ActorTestKit kit;
  private static SSLContext platform;
  private static TestAuthority authority;

  @BeforeAll
  static void start() throws Exception {
    kit = ActorTestKit.create();
    platform = SSLContext.getDefault();
    authority = TestAuthority.in(folder);
  }

  @AfterAll
  static void stop() {
    Http.get(kit.system()).shutdownAllConnectionPools().toCompletableFuture().join();
    kit.shutdownTestKit();
  }

  @AfterEach
  void restoreTrust() {
    SSLContext.setDefault(platform);
  }

  @Test
  void aTrustedCertificateOfTheRightNameIsSpokenWithAndAnUntrustedIsNot() throws Exception {
    SSLContext good = authority.server(HERE);
    assertNothingIsSent(good);
    SSLContext.setDefault(good);

    try (ScriptedEndpoint server = ScriptedEndpoint.scripted().overTls(good).start()) {
      assertThat(call(server)).isInstanceOf(LlmAnswer.Replied.class);
      assertThat(server.ledger().requests()).isEqualTo(1);
    }
  }

  @Test
  void aTrustedCertificateOfAnotherNameIsNot() throws Exception {
    SSLContext other = authority.server("dns:elsewhere.example");
    SSLContext.setDefault(other);

    assertNothingIsSent(other);
  }

  @Test
  void aTrustedCertificateThatRanOutIsNot() throws Exception {
    SSLContext expired = authority.expiredServer(HERE);
    SSLContext.setDefault(expired);

    assertNothingIsSent(expired);
  }

  private static void assertNothingIsSent(SSLContext shown) {
    try (ScriptedEndpoint server = ScriptedEndpoint.scripted().overTls(shown).start()) {
      assertThat(call(server))
          .isInstanceOfSatisfying(
              LlmAnswer.Failed.class,
              failed -> {
                assertThat(failed.cause()).isEqualTo(FailureCause.NOT_SENT);
                assertThat(failed.detail()).contains("TLS");
              });
      assertThat(server.ledger().requests()).isZero();
    }
  }

  private static LlmAnswer.Attempt call(ScriptedEndpoint server) {
    return LlmProviders.client(Endpoints.at(server.url()), kit.system())
        .call(Endpoints.caption("a lock"))
        .toCompletableFuture()
        .join();
  }
}
