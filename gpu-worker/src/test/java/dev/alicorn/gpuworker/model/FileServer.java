package dev.alicorn.gpuworker.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;

/// A file on a local HTTP server that understands ranges and can be told to misbehave.
final class FileServer implements AutoCloseable {
  /// What it does with one request.
  enum Manner {
    SERVE,
    /// Sends half of what was asked for and cuts the connection.
    CUT,
    /// Sends the whole file, whatever range was asked for.
    IGNORE_RANGE,
    UNAVAILABLE
  }

  private final HttpServer server;
  private final byte[] content;
  private final Deque<Manner> manners = new ArrayDeque<>();

  /// The `Range` of each request, empty for none.
  final List<String> ranges = Collections.synchronizedList(new ArrayList<>());

  FileServer(byte[] content, Manner... manners) throws IOException {
    this.content = content;
    this.manners.addAll(List.of(manners));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/file", this::answer);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:%d/file".formatted(server.getAddress().getPort()));
  }

  private void answer(HttpExchange exchange) throws IOException {
    Manner manner;
    synchronized (manners) {
      manner = manners.isEmpty() ? Manner.SERVE : manners.pop();
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    ranges.add(range == null ? "" : range);
    int from = 0;
    if (range != null && manner != Manner.IGNORE_RANGE) {
      from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    }
    int length = content.length - from;
    if (manner == Manner.UNAVAILABLE) {
      exchange.sendResponseHeaders(503, -1);
    } else {
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, length);
      OutputStream body = exchange.getResponseBody();
      body.write(content, from, manner == Manner.CUT ? length / 2 : length);
      body.flush();
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
