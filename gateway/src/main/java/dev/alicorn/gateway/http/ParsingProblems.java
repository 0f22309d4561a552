package dev.alicorn.gateway.http;

import java.util.Optional;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Allow;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;

/// Answers to what is no HTTP request, or one beyond the limits of lines and headers, before any
/// route sees it. Pekko HTTP makes one by its name in `application.conf`.
public final class ParsingProblems extends ParsingErrorHandler {
  /// What Pekko HTTP says to a method that it does not know.
  private static final int NOT_IMPLEMENTED = 501;

  /// What it says to a TRACE with a body, alone.
  private static final int UNPROCESSABLE = 422;

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
    int code = status.intValue();
    if (code == NOT_IMPLEMENTED || code == UNPROCESSABLE) {
      return new Problem(
              StatusCodes.METHOD_NOT_ALLOWED, "method", error.summary(), Optional.empty())
          .response()
          .addHeader(
              Allow.create(
                  HttpMethods.GET, HttpMethods.HEAD, HttpMethods.OPTIONS, HttpMethods.POST));
    }
    return new Problem(status, "bad-request", error.summary(), Optional.empty()).response();
  }
}
