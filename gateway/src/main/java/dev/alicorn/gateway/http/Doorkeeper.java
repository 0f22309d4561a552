package dev.alicorn.gateway.http;

import java.util.Locale;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.StatusCodes;

/// Lets in what is meant for this daemon: requests to its own name, and from its own page.
///
/// A page of somewhere else can make a browser send requests here: by a name of its own that it
/// lets point here (DNS rebinding), which the Host header gives away, or across sites, which Origin
/// does.
///
/// @param host what the deployment calls it, beside the names of this machine to itself
record Doorkeeper(String host) {

  /// Why a request is not let in; empty where it is.
  Optional<Problem> refusal(HttpRequest request) {
    String authority = request.getHeader("Host").map(HttpHeader::value).orElse("");
    if (!isOurs(authority)) {
      return Optional.of(
          new Problem(
              StatusCodes.MISDIRECTED_REQUEST,
              "host",
              "the Host header names \"" + authority + "\", which is not this daemon"));
    }
    Optional<String> origin = request.getHeader("Origin").map(HttpHeader::value);
    if (origin.isPresent() && !isOurs(origin.get().replaceFirst("^https?://", ""))) {
      return Optional.of(
          new Problem(
              StatusCodes.FORBIDDEN,
              "origin",
              "a page of " + origin.get() + " may not use this daemon"));
    }
    return Optional.empty();
  }

  /// @param authority a name and perhaps a port
  private boolean isOurs(String authority) {
    String name = authority.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "");
    return name.equals(host.toLowerCase(Locale.ROOT))
        || name.equals("localhost")
        || name.equals("127.0.0.1")
        || name.equals("[::1]");
  }
}
