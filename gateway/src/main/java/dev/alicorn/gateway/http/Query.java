package dev.alicorn.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.parameterOptional;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.pekko.http.javadsl.server.Route;

/// Query parameters; one that cannot be used is a problem that says what can.
final class Query {
  private Query() {}

  static Route text(String name, Function<Optional<String>, Route> then) {
    return parameterOptional(name, then);
  }

  /// One of some words.
  static <T> Route choice(
      String name, T[] values, Function<T, String> key, Function<Optional<T>, Route> then) {
    return parameterOptional(
        name,
        given -> {
          Optional<T> chosen =
              given.flatMap(word ->
                  Arrays.stream(values).filter(value -> key.apply(value).equals(word)).findFirst());
          return given.isPresent() && chosen.isEmpty()
              ? complete(
                  Problem.badParameter(
                          name,
                          given.get(),
                          "name one of " + Arrays.stream(values).map(key).toList())
                      .response())
              : then.apply(chosen);
        });
  }

  /// A number from 1 to a maximum.
  static Route count(String name, int usual, int max, IntFunction<Route> then) {
    return parameterOptional(
        name,
        given -> {
          int count = given.map(Query::parse).orElse(usual);
          return count < 1 || count > max
              ? complete(
                  Problem.badParameter(name, given.orElse(""), "give a number from 1 to " + max)
                      .response())
              : then.apply(count);
        });
  }

  private static int parse(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
