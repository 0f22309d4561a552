package dev.alicorn.gpuworker.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/// A download over HTTP that goes on where it was cut.
///
/// @param attemptsMax attempts in a row that bring no byte
/// @param pause between two attempts
/// @param idleMax how long a connection may go without a byte
record HttpDownload(int attemptsMax, Duration pause, Duration idleMax) {
  static final HttpDownload PATIENT =
      new HttpDownload(4, Duration.ofSeconds(2), Duration.ofSeconds(30));

  private static final int RANGE_NOT_SATISFIABLE = 416;

  void fetch(URI uri, PartFile part) throws SourceException, ModelException, InterruptedException {
    String why = "";
    for (int fruitless = 0; fruitless < attemptsMax; fruitless++) {
      if (!why.isEmpty()) {
        Thread.sleep(pause);
      }
      long before = part.bytes();
      try {
        if (attempt(uri, part, before)) {
          return;
        }
        why = "the body ended early";
      } catch (IOException e) {
        why = e.toString();
      }
      if (part.bytes() > before) {
        fruitless = -1;
      }
    }
    throw new SourceException(why);
  }

  private boolean attempt(URI uri, PartFile part, long have)
      throws IOException, SourceException, ModelException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout((int) idleMax.toMillis());
    connection.setReadTimeout((int) idleMax.toMillis());
    connection.setRequestProperty("User-Agent", "alicorn");
    if (have > 0) {
      connection.setRequestProperty("Range", "bytes=" + have + "-");
    }
    try {
      int status = connection.getResponseCode();
      if (status == RANGE_NOT_SATISFIABLE) {
        part.delete();
        return false;
      }
      if (status >= 500 || status == 429) {
        throw new IOException("answered " + status);
      }
      if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_PARTIAL) {
        throw new SourceException("answered " + status);
      }
      String range = connection.getHeaderField("Content-Range");
      boolean resumed =
          status == HttpURLConnection.HTTP_PARTIAL
              && range != null
              && range.startsWith("bytes " + have + "-");
      if (status == HttpURLConnection.HTTP_PARTIAL && !resumed) {
        part.delete();
        return false;
      }
      try (InputStream body = connection.getInputStream()) {
        return part.append(body, resumed ? have : 0, "downloading from " + uri.getHost());
      }
    } finally {
      connection.disconnect();
    }
  }
}
