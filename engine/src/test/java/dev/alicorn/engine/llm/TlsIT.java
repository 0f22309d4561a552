package dev.alicorn.engine.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.alicorn.protocol.FailureCause;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whom the client speaks TLS with, and whom it does not even send a request.
final class TlsIT {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private static ActorTestKit kit;
  private static SSLContext platform;

  @TempDir private Path folder;
  private final AtomicInteger requests = new AtomicInteger();

  @BeforeAll
  static void start() throws GeneralSecurityException {
    kit = ActorTestKit.create();
    platform = SSLContext.getDefault();
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
  void aTrustedCertificateOfTheRightNameIsSpokenWith() throws Exception {
    KeyStore store = certificate("san=ip:127.0.0.1");
    SSLContext.setDefault(context(store));

    assertThat(call(store)).isInstanceOf(LlmAnswer.Replied.class);
    assertThat(requests).hasValue(1);
  }

  @Test
  void aTrustedCertificateOfAnotherNameIsNot() throws Exception {
    KeyStore store = certificate("san=dns:elsewhere.example");
    SSLContext.setDefault(context(store));

    assertNothingSent(call(store));
  }

  @Test
  void aCertificateThatNobodyVouchesForIsNot() throws Exception {
    assertNothingSent(call(certificate("san=ip:127.0.0.1")));
  }

  private void assertNothingSent(LlmAnswer.Attempt attempt) {
    assertThat(attempt)
        .isInstanceOfSatisfying(
            LlmAnswer.Failed.class,
            failed -> {
              assertThat(failed.cause()).isEqualTo(FailureCause.NOT_SENT);
              assertThat(failed.detail()).contains("TLS");
            });
    assertThat(requests).hasValue(0);
  }

  private LlmAnswer.Attempt call(KeyStore store) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write(new byte[] {'{', '}'});
          exchange.close();
        });
    server.start();
    try {
      URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/v1");
      return LlmProviders.client(Endpoints.at(url), kit.system())
          .call(Endpoints.caption("a lock"))
          .toCompletableFuture()
          .join();
    } finally {
      server.stop(0);
    }
  }

  private KeyStore certificate(String subject) throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=scripted",
                "-ext",
                subject,
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  /// Shows the store's certificate and trusts it alone.
  private static SSLContext context(KeyStore store) throws GeneralSecurityException, IOException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("scripted", store.getCertificate("mykey"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
