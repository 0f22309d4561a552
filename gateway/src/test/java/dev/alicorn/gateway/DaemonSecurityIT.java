package dev.alicorn.gateway;

import static dev.alicorn.gateway.DaemonProcess.JOB;
import static dev.alicorn.gateway.DaemonProcess.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who a daemon lets in, and that nobody listens to what is said.
class DaemonSecurityIT {
  private static final String READER = "read-me";
  private static final String WRITER = "write-me";

  @TempDir private Path folder = Path.of("");

  @Test
  void tokensAndTheirScopesAreNeeded() throws Exception {
    writeTokens();
    certify();
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start();
        DaemonProcess daemon =
            DaemonProcess.serve(
                folder,
                3,
                endpoint,
                "tokens_file = tokens, tls { certificate = cert.pem, key = key.pem }",
                DaemonProcess.trusting(trust()))) {
      assertThat(daemon.url().getScheme()).isEqualTo("https");
      assertThat(daemon.get("/livez").statusCode()).isEqualTo(200);
      assertProblem(daemon.get("/v1/jobs"), 401, "token");
      assertThat(daemon.get("/v1/jobs").headers().firstValue("WWW-Authenticate").orElse(""))
          .contains("Bearer", "Basic");
      assertProblem(daemon.get("/v1/jobs", "Authorization", "Bearer guessed"), 401, "token");
      assertThat(daemon.get("/v1/jobs", "Authorization", "Bearer " + READER).statusCode())
          .isEqualTo(200);
      String basic =
          Base64.getEncoder().encodeToString(("any:" + READER).getBytes(StandardCharsets.UTF_8));
      assertThat(daemon.get("/v1/jobs", "Authorization", "Basic " + basic).statusCode())
          .isEqualTo(200);
      assertProblem(
          daemon.post("/v1/jobs", JOB, "Authorization", "Bearer " + READER), 403, "submit");
      assertProblem(
          daemon.post("/v1/endpoints/scripted/reset", "", "Authorization", "Bearer " + WRITER),
          403,
          "admin");
      Files.writeString(folder.resolve("token"), WRITER + "\n");
      AlicornProcess.Ended submitted =
          AlicornProcess.run(
              folder,
              "submit",
              "job.conf",
              "--server",
              daemon.url().toString(),
              "--token-file",
              "token",
              "--ca-file",
              "cert.pem");
      assertThat(submitted.exitCode()).as(submitted.output()).isZero();
      AlicornProcess.Ended untrusted =
          AlicornProcess.run(folder, "jobs", "--server", daemon.url().toString());
      assertThat(untrusted.exitCode()).isEqualTo(3);
      assertThat(untrusted.output()).contains("--ca-file");
      assertThat(Files.readString(folder.resolve("tokens"))).doesNotContain(WRITER);
    }
  }

  @Test
  void aDaemonThatCannotBeSafeDoesNotStart() throws Exception {
    assertRefused("host = \"0.0.0.0\"", "gateway.tokens_file and gateway.tls");
    assertRefused("tokens_file = nowhere", "nowhere is not there");
    Files.writeString(folder.resolve("tokens"), "ann everything 1234\n");
    assertRefused("tokens_file = tokens", "tokens:1");
    certify();
    Files.writeString(folder.resolve("key.pem"), "no key\n");
    assertRefused("tls { certificate = cert.pem, key = key.pem }", "openssl pkcs8");
  }

  private void assertRefused(String gateway, String sentence) throws Exception {
    Files.writeString(folder.resolve("alicorn.conf"), "gateway { port = 0, " + gateway + " }\n");
    AlicornProcess.Ended end = AlicornProcess.run(folder, "serve", "--data", "data");
    assertThat(end.exitCode()).as(end.output()).isEqualTo(2);
    assertThat(end.output()).contains(sentence);
  }

  private void writeTokens() throws IOException {
    Files.writeString(
        folder.resolve("tokens"),
        """
        # name scopes sha256
        page   read         %s
        nightly read,submit %s
        """
            .formatted(ContentHash.of(READER), ContentHash.of(WRITER)));
  }

  /// Makes a certificate of this machine and its key.
  private void certify() throws IOException, InterruptedException {
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                "key.pem",
                "-out",
                "cert.pem",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("openssl.txt").toFile())
            .start();
    assertThat(openssl.waitFor()).isZero();
  }

  private SSLContext trust() throws Exception {
    KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
    known.load(null, null);
    try (InputStream in = Files.newInputStream(folder.resolve("cert.pem"))) {
      Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
      known.setCertificateEntry("daemon", certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
