package dev.alicorn.engine.llm;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// What a simulated world knows of one flow: which first try of it is next, and how many of others
/// went to an endpoint while it waited for it.
final class FlowAccount {
  private final CallFlow flow;
  private final Map<String, Long> overtakesMax = new HashMap<>();
  private final Map<String, Long> overtakes = new HashMap<>();
  private long asked;
  private long answered;
  long begun;
  long ended;

  /// @param all flows of the world
  FlowAccount(CallFlow flow, List<CallFlow> all) {
    this.flow = flow;
    for (String endpoint : flow.team().endpoints()) {
      overtakesMax.put(endpoint, overtakesMax(endpoint, all));
    }
  }

  /// Between two turns of a step at an endpoint, its job has a turn for each of its steps there,
  /// and before each the others have theirs; one round more for who has just come.
  private long overtakesMax(String endpoint, List<CallFlow> all) {
    Set<String> steps = new HashSet<>();
    Map<String, Integer> others = new HashMap<>();
    for (CallFlow other : all) {
      if (other.team().endpoints().contains(endpoint)) {
        if (other.job().equals(flow.job())) {
          steps.add(other.step());
        } else {
          others.put(other.job(), other.weight());
        }
      }
    }
    long round = 1;
    for (int weight : others.values()) {
      round += Math.ceilDiv(weight, flow.weight()) + 1;
    }
    return (steps.size() + 1) * round;
  }

  /// A first try asks; returns its place in the line.
  long asked() {
    if (asked == answered) {
      overtakes.clear();
    }
    return asked++;
  }

  /// A first try of it goes.
  void answered(long place, Consumer<String> broken) {
    if (place != answered) {
      broken.accept("first try " + place + " of " + flow + " overtook " + answered);
    }
    answered++;
    overtakes.clear();
  }

  /// A first try of some flow has gone to an endpoint.
  void overtaken(CallFlow by, String endpoint, Consumer<String> broken) {
    Long most = overtakesMax.get(endpoint);
    if (most != null && answered < asked && !by.equals(flow)) {
      long times = overtakes.merge(endpoint, 1L, Long::sum);
      if (times > most) {
        broken.accept(flow + " was overtaken " + times + " times at " + endpoint);
      }
    }
  }

  void checkEnd(Consumer<String> broken) {
    if (begun != ended || asked != answered) {
      broken.accept(
          "%s: %d rows begun, %d ended; %d asks, %d answers"
              .formatted(flow, begun, ended, asked, answered));
    }
  }
}
