package dev.alicorn.gpuworker.llama;

import com.sun.net.httpserver.HttpServer;
import dev.alicorn.gpuworker.process.ImmediateExit;
import dev.alicorn.gpuworker.process.StdinWatch;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.Executors;

/// A local language model as a process: an OpenAI-compatible endpoint on the loopback address.
///
/// It prints one line to standard output when it is ready, and halts when its standard input ends:
/// whoever starts it holds the other end, so that it cannot outlive them, however they end. A
/// native crash takes this process along and no other.
public final class LlamaServer {
  /// Begins the line on standard output, before the URL that ends it.
  static final String READY = "listening on ";

  /// Begins the line on standard error that says why the server does not start.
  static final String COMPLAINT = "alicorn llama-server: ";

  static final int BAD_USAGE = 2;
  static final int NOT_AVAILABLE = 3;

  private LlamaServer() {}

  /// Serves until standard input ends.
  public static void main(String... arguments) {
    LlamaServerSettings settings;
    try {
      settings = LlamaServerSettings.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(COMPLAINT + e.getMessage());
      System.exit(BAD_USAGE);
      return;
    }
    try {
      serve(settings);
    } catch (LlamaUnavailableException e) {
      System.err.println(COMPLAINT + e.getMessage());
      // The binding leaves native threads behind, which would keep the process.
      ImmediateExit.with(NOT_AVAILABLE);
    }
  }

  /// Starts to serve, and halts this process when its standard input ends.
  ///
  /// @throws LlamaUnavailableException where the model cannot be loaded or the port cannot be had
  public static void serve(LlamaServerSettings settings) throws LlamaUnavailableException {
    PrintStream out = System.out;
    System.setOut(System.err);
    StdinWatch.start();
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.idleInterval", "3600");
    System.setProperty("jdk.httpserver.maxConnections", "1024");
    LanguageModel model = LanguageModel.load(settings);
    HttpServer server = bind(settings);
    server.createContext("/", new ChatEndpoint(model, settings, Clock.systemUTC()));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    out.println("%shttp://127.0.0.1:%d/v1".formatted(READY, server.getAddress().getPort()));
    out.flush();
  }

  private static HttpServer bind(LlamaServerSettings settings) throws LlamaUnavailableException {
    try {
      return HttpServer.create(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), settings.port()), 0);
    } catch (IOException e) {
      throw new LlamaUnavailableException(
          "port %d on 127.0.0.1: %s; name a free one with --port"
              .formatted(settings.port(), e.getMessage()),
          e);
    }
  }
}
