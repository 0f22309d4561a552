package dev.alicorn.engine.llm;

import java.util.List;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/// What differs between the HTTP of wire formats: the path of a call, and the headers.
///
/// @param callPath behind the endpoint's base
/// @param headers sent with every request
/// @param keyHeader the header that carries a key
record Api(String callPath, List<HttpHeader> headers, Function<String, HttpHeader> keyHeader) {
  static final Api OPENAI_CHAT =
      new Api(
          "/chat/completions",
          List.of(),
          key -> RawHeader.create("Authorization", "Bearer " + key));

  static final Api ANTHROPIC_MESSAGES =
      new Api(
          "/messages",
          List.of(RawHeader.create("anthropic-version", "2023-06-01")),
          key -> RawHeader.create("x-api-key", key));
}
