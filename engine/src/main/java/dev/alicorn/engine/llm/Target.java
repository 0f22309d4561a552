package dev.alicorn.engine.llm;

import java.net.URI;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/// Where an endpoint's calls go, with the requests made ready.
///
/// @param base as the endpoint's settings gave it
/// @param call a call without its body
/// @param look a request for something else of the API, without its path
record Target(URI base, HttpRequest call, HttpRequest look) {

  /// @param key goes into the header that the API has for it
  static Target of(String endpoint, URI base, Api api, Optional<String> key) {
    String scheme = String.valueOf(base.getScheme());
    if (base.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException(
          "endpoints." + endpoint + ".url: must be http:// or https:// with a host, not " + base);
    }
    HttpRequest look = HttpRequest.GET(root(base)).addHeaders(api.headers());
    if (key.isPresent()) {
      look = look.addHeader(api.keyHeader().apply(key.get()));
    }
    HttpRequest call = HttpRequest.POST(root(base) + api.callPath()).addHeaders(look.getHeaders());
    return new Target(base, call, look);
  }

  /// A request for what lies at a path behind the base.
  HttpRequest look(String path) {
    return look.withUri(root(base) + path);
  }

  /// Scheme, host and port: what a key is bound to.
  static String origin(URI url) {
    int port = url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    return url.getScheme() + "://" + url.getHost() + ":" + port;
  }

  private static String root(URI base) {
    String text = base.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
