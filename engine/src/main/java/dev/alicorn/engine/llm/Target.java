package dev.alicorn.engine.llm;

import java.net.URI;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/// Where an endpoint's calls go, with the requests made ready.
///
/// @param base as the endpoint's settings gave it
/// @param chat a chat completion without its body
/// @param models the list of models
record Target(URI base, HttpRequest chat, HttpRequest models) {

  /// @param key sent as a bearer token
  static Target of(String endpoint, URI base, Optional<String> key) {
    String scheme = String.valueOf(base.getScheme());
    if (base.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException(
          "endpoints." + endpoint + ".url: must be http:// or https:// with a host, not " + base);
    }
    String text = base.toString();
    String root = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    HttpRequest chat = HttpRequest.POST(root + "/chat/completions");
    HttpRequest models = HttpRequest.GET(root + "/models");
    if (key.isPresent()) {
      RawHeader bearer = RawHeader.create("Authorization", "Bearer " + key.get());
      chat = chat.addHeader(bearer);
      models = models.addHeader(bearer);
    }
    return new Target(base, chat, models);
  }

  /// Scheme, host and port: what a key is bound to.
  static String origin(URI url) {
    int port = url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    return url.getScheme() + "://" + url.getHost() + ":" + port;
  }
}
