package dev.alicorn.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The daemon that a command talks to, and how its answers are printed.
final class DaemonOptions {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8741",
      description = "The daemon (default: ${DEFAULT-VALUE}).")
  private URI server = URI.create("http://127.0.0.1:8741");

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Holds the token to send (default: the environment's ALICORN_TOKEN, if set).")
  private @Nullable Path tokenFile;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "PEM of the authority, or of the certificate itself, to trust for https.")
  private @Nullable Path authorityFile;

  @Option(names = "--json", description = "Prints the daemon's answer as it is, for programs.")
  private boolean json;

  boolean json() {
    return json;
  }

  JsonNode get(String path) throws Exception {
    try (InputStream answer = send(request(path).GET().build())) {
      return JSON.readTree(answer);
    }
  }

  JsonNode post(String path, String body) throws Exception {
    return post(path, "application/json", HttpRequest.BodyPublishers.ofString(body));
  }

  /// Sends lines of JSON, each when it can be sent.
  ///
  /// @param lines iterated once
  JsonNode postLines(String path, Iterable<byte[]> lines) throws Exception {
    return post(path, "application/x-ndjson", HttpRequest.BodyPublishers.ofByteArrays(lines));
  }

  private JsonNode post(String path, String mediaType, HttpRequest.BodyPublisher body)
      throws Exception {
    HttpRequest request = request(path).header("Content-Type", mediaType).POST(body).build();
    try (InputStream answer = send(request)) {
      return JSON.readTree(answer);
    }
  }

  /// The lines of an event stream as they come.
  ///
  /// @param lastId of the event to go on behind
  BufferedReader events(String path, Optional<String> lastId) throws Exception {
    HttpRequest.Builder request = request(path).header("Accept", "text/event-stream");
    lastId.ifPresent(id -> request.header("Last-Event-ID", id));
    return new BufferedReader(
        new InputStreamReader(send(request.GET().build()), StandardCharsets.UTF_8));
  }

  JsonNode parse(String text) throws IOException {
    return JSON.readTree(text);
  }

  private HttpRequest.Builder request(String path) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
    String token =
        tokenFile == null ? System.getenv("ALICORN_TOKEN") : Files.readString(tokenFile).strip();
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpClient client() throws IOException, GeneralSecurityException {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT);
    return (authorityFile == null ? client : client.sslContext(trusting(authorityFile))).build();
  }

  private static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
    KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
    known.load(null, null);
    try (InputStream in = Files.newInputStream(authority)) {
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        known.setCertificateEntry("authority-" + number++, one);
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private InputStream send(HttpRequest request) throws Exception {
    HttpResponse<InputStream> response;
    try {
      // Not closed: a client that is closed waits for streams that have no end.
      response = client().send(request, BodyHandlers.ofInputStream());
    } catch (SSLException e) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          server
              + " cannot be trusted ("
              + e.getMessage()
              + "); name its certificate with --ca-file");
    } catch (ConnectException _) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "there is no daemon at "
              + server
              + "; start one with `./alicorn serve`, or name another with --server");
    }
    if (response.statusCode() / 100 != 2) {
      try (InputStream body = response.body()) {
        throw refused(
            response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return response.body();
  }

  private CommandFailure refused(int status, String body) {
    String detail;
    try {
      detail = JSON.readTree(body).path("detail").asText(body);
    } catch (IOException _) {
      detail = body;
    }
    return new CommandFailure(
        status >= 500 ? ExitCode.UNAVAILABLE : ExitCode.BAD_INPUT,
        detail.isBlank() ? server + " answers with status " + status : detail);
  }
}
