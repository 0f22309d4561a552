package dev.alicorn.bench.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Something that no good client sends, as bytes on a connection of its own.
///
/// @param name snake_case
/// @param head what is sent at once
/// @param dribble what follows, a byte a second, for as long as the server takes it
record Abuse(String name, String head, String dribble) {
  private static final int ANSWER_MILLIS_MAX = 150_000;

  /// What came back, and when.
  ///
  /// @param status 0 where the connection was closed without an answer
  record Answer(int status, double seconds) {}

  /// One of everything.
  static List<Abuse> all(URI daemon) {
    String host = "Host: " + daemon.getAuthority() + "\r\n";
    String deep = "[".repeat(400_000);
    String large = "{\"name\":\"" + "x".repeat(10 << 20) + "\"}";
    return List.of(
        new Abuse("no_http", "\u0001\u0002\u0003 what is this\r\n\r\n", ""),
        get("foreign_host", "/v1/jobs", "Host: elsewhere.example\r\n"),
        get("foreign_origin", "/v1/jobs", host + "Origin: http://elsewhere.example\r\n"),
        get("headers_100", "/livez", host + headers(100, 10)),
        get("header_of_16_kib", "/livez", host + headers(1, 16 << 10)),
        get("uri_of_8_kib", "/" + "x".repeat(8 << 10), host),
        get("path_upwards", "/v1/jobs/../../../../etc/passwd", host),
        get("file_upwards", "/v1/jobs/x/datasets/y/files/..%2F..%2Fetc%2Fpasswd", host),
        post("no_json", host, "application/json", "}{"),
        post("deep_json", host, "application/json", "{\"seeds\":" + deep),
        post("wrong_types", host, "application/json", "{\"name\":[],\"seeds\":7,\"caption\":\"\"}"),
        post("wrong_media_type", host, "text/plain", "{}"),
        post("body_of_10_mib", host, "application/json", large),
        chunked("body_of_10_mib_in_chunks", host, large),
        new Abuse(
            "slow_body",
            "POST /v1/jobs HTTP/1.1\r\n"
                + host
                + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n",
            " ".repeat(1000)),
        new Abuse("slow_headers", "GET /livez HTTP/1.1\r\n" + host + "X: ", "x".repeat(40)));
  }

  private static Abuse get(String name, String path, String headers) {
    return new Abuse(name, "GET " + path + " HTTP/1.1\r\n" + headers + "\r\n", "");
  }

  private static Abuse post(String name, String host, String type, String body) {
    return new Abuse(
        name,
        "POST /v1/jobs HTTP/1.1\r\n%sContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(host, type, body.length(), body),
        "");
  }

  private static Abuse chunked(String name, String host, String body) {
    StringBuilder text =
        new StringBuilder("POST /v1/jobs HTTP/1.1\r\n")
            .append(host)
            .append("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int at = 0; at < body.length(); at += 1 << 16) {
      String chunk = body.substring(at, Math.min(body.length(), at + (1 << 16)));
      text.append(Integer.toHexString(chunk.length())).append("\r\n").append(chunk).append("\r\n");
    }
    return new Abuse(name, text.append("0\r\n\r\n").toString(), "");
  }

  private static String headers(int count, int length) {
    List<String> lines = new ArrayList<>(Collections.nCopies(count, "x".repeat(length)));
    lines.replaceAll(value -> "X-Filler: " + value + "\r\n");
    return String.join("", lines);
  }

  /// Sends it and waits for what comes back.
  Answer send(URI daemon) throws IOException {
    long start = System.nanoTime();
    try (Socket socket = connected(daemon)) {
      socket.setSoTimeout(ANSWER_MILLIS_MAX);
      Thread sender = Thread.ofVirtual().start(() -> write(socket));
      String line =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
              .readLine();
      sender.interrupt();
      return new Answer(
          line == null ? 0 : Integer.parseInt(line.split(" ", 3)[1]),
          (System.nanoTime() - start) / 1e9);
    } catch (SocketException _) {
      return new Answer(0, (System.nanoTime() - start) / 1e9);
    }
  }

  static Socket connected(URI daemon) throws IOException {
    return new Socket(InetAddress.getByName(daemon.getHost()), daemon.getPort());
  }

  private void write(Socket socket) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      for (byte next : dribble.getBytes(StandardCharsets.ISO_8859_1)) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        out.write(next);
      }
    } catch (IOException _) {
      // The server takes no more of it, which is what it should do.
    }
  }
}
