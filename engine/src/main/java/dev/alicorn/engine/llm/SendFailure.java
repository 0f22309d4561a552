package dev.alicorn.engine.llm;

import dev.alicorn.protocol.FailureCause;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.apache.pekko.http.scaladsl.model.IllegalResponseException;
import org.apache.pekko.stream.BufferOverflowException;

/// How an attempt ended that no response came for.
///
/// A connection that never stood, or whose TLS handshake failed, has carried nothing: the call was
/// not sent. In all other cases the endpoint may have seen it, worked on it and billed it.
record SendFailure(FailureCause cause, String detail) {
  private static final String CONNECT_FAILED = "Tcp command [Connect(";
  private static final String BECAUSE = " because of ";

  static SendFailure of(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      switch (t) {
        case UnknownHostException _, UnresolvedAddressException _ -> {
          return notSent("the host name is not known");
        }
        case ConnectException _ -> {
          return notSent("the connection was refused");
        }
        case NoRouteToHostException _ -> {
          return notSent("there is no way to the host");
        }
        case SSLException tls -> {
          return notSent("TLS failed: " + ProviderError.oneLine(String.valueOf(tls.getMessage())));
        }
        case BufferOverflowException _ -> {
          return notSent("the connection pool is full");
        }
        // Not its detail, which quotes bytes of the response that nobody has scrubbed.
        case IllegalResponseException illegal -> {
          return new SendFailure(
              FailureCause.UNKNOWN_OUTCOME,
              "the response is no good HTTP: " + ProviderError.oneLine(illegal.info().summary()));
        }
        default -> {
          String message = String.valueOf(t.getMessage());
          if (message.startsWith(CONNECT_FAILED)) {
            return notSent("no connection came about" + reason(message));
          }
        }
      }
    }
    return new SendFailure(
        FailureCause.UNKNOWN_OUTCOME,
        "the connection ended before a response: "
            + ProviderError.oneLine(String.valueOf(failure.getMessage())));
  }

  /// The reason that the foreign message ends with, in brackets.
  private static String reason(String message) {
    int because = message.indexOf(BECAUSE);
    return because < 0
        ? ""
        : " (" + ProviderError.oneLine(message.substring(because + BECAUSE.length())) + ")";
  }

  private static SendFailure notSent(String detail) {
    return new SendFailure(FailureCause.NOT_SENT, detail);
  }
}
