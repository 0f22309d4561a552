package dev.alicorn.engine.scripted;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The command line of a scripted endpoint that runs as a process of its own.
final class Arguments {
  private final List<String> rest;

  private Arguments(String[] args) {
    rest = new ArrayList<>(List.of(args));
  }

  static Script script(String[] args) {
    Arguments given = new Arguments(args);
    Script script =
        given.rest.remove("--instant") ? ScriptedEndpoint.instant() : ScriptedEndpoint.scripted();
    long seed = Long.parseLong(given.value("--seed", "1"));
    String key = given.value("--key", "");
    script
        .onPort(Integer.parseInt(given.value("--port", "0")))
        .withSeed(seed)
        .answeringAfter(
            Duration.ofMillis(Long.parseLong(given.value("--latency-ms", "0"))),
            Double.parseDouble(given.value("--latency-spread", "0")))
        .suffering(
            FaultPlan.storms(
                given.value("--storms", ""),
                Integer.parseInt(given.value("--storm-requests", "64")),
                seed,
                FaultPlan.mix(given.value("--faults", ""), seed)));
    if (given.rest.remove("--advertise")) {
      script.advertising();
    }
    String requests = given.value("--requests-per-minute", "");
    String tokens = given.value("--tokens-per-minute", "");
    if (!requests.isEmpty() || !tokens.isEmpty()) {
      script.limitedTo(limit(requests), limit(tokens));
    }
    if (!given.rest.isEmpty()) {
      throw new IllegalArgumentException("unknown arguments " + given.rest);
    }
    return key.isEmpty() ? script : script.askingForKey(key);
  }

  private static long limit(String value) {
    return value.isEmpty() ? Long.MAX_VALUE : Long.parseLong(value);
  }

  private String value(String name, String otherwise) {
    int at = rest.indexOf(name);
    if (at < 0) {
      return otherwise;
    }
    if (at + 1 == rest.size()) {
      throw new IllegalArgumentException(name + " needs a value");
    }
    rest.remove(at);
    return rest.remove(at);
  }
}
