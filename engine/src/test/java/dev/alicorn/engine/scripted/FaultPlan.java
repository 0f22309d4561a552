package dev.alicorn.engine.scripted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Which request suffers which fault: a function of the call's key and of how often the endpoint
/// has seen it, and in a storm of how many requests came before.
@FunctionalInterface
public interface FaultPlan {
  FaultPlan NONE = (_, _) -> Optional.empty();

  /// What a request suffers.
  ///
  /// @param attempt 0 when the endpoint sees the key for the first time
  Optional<Fault> faultOf(String key, int attempt);

  /// Every request suffers the fault.
  static FaultPlan always(Fault fault) {
    return (_, _) -> Optional.of(fault);
  }

  /// Each key's first attempts suffer these faults, in order; later ones are answered well.
  static FaultPlan onAttempts(Fault... faults) {
    List<Fault> inOrder = List.of(faults);
    return (_, attempt) ->
        attempt < inOrder.size() ? Optional.of(inOrder.get(attempt)) : Optional.empty();
  }

  /// The first keys to come suffer these plans, one each; the others are answered well.
  static FaultPlan byKey(List<FaultPlan> plans) {
    Map<String, Integer> order = new ConcurrentHashMap<>();
    return (key, attempt) -> {
      int place = place(order, key);
      return place < plans.size() ? plans.get(place).faultOf(key, attempt) : Optional.empty();
    };
  }

  /// The first so many keys to come suffer what this plan has for them; the others are answered
  /// well.
  default FaultPlan onFirstKeys(int count) {
    Map<String, Integer> order = new ConcurrentHashMap<>();
    return (key, attempt) -> place(order, key) < count ? faultOf(key, attempt) : Optional.empty();
  }

  /// The first so many keys to come are answered well; the others suffer what this plan has for
  /// them.
  default FaultPlan afterFirstKeys(int count) {
    Map<String, Integer> order = new ConcurrentHashMap<>();
    return (key, attempt) -> place(order, key) < count ? Optional.empty() : faultOf(key, attempt);
  }

  private static int place(Map<String, Integer> order, String key) {
    synchronized (order) {
      return order.computeIfAbsent(key, _ -> order.size());
    }
  }

  /// A mix such as `503=0.1,cut=0.05`: each attempt suffers each fault with its share, by a hash of
  /// seed, key and attempt. The names are those of {@link Fault#named}.
  static FaultPlan mix(String shares, long seed) {
    List<Fault> faults = new ArrayList<>();
    List<Double> upTo = new ArrayList<>();
    double sum = 0;
    for (String entry : shares.isBlank() ? List.<String>of() : List.of(shares.split(",", -1))) {
      int equals = entry.indexOf('=');
      sum += Double.parseDouble(entry.substring(equals + 1));
      faults.add(Fault.named(entry.substring(0, equals).strip()));
      upTo.add(sum);
    }
    if (sum > 1) {
      throw new IllegalArgumentException("the shares of " + shares + " are more than 1 together");
    }
    return (key, attempt) -> {
      long hash = Phrases.next(Phrases.next(seed ^ key.hashCode()) + attempt);
      double draw = (hash >>> 11) * 0x1p-53;
      for (int i = 0; i < faults.size(); i++) {
        if (draw < upTo.get(i)) {
          return Optional.of(faults.get(i));
        }
      }
      return Optional.empty();
    };
  }

  /// Faults that come in storms of so many requests, or of a second at most, over others.
  ///
  /// @param shares as of {@link #mix}
  /// @param between what a request outside of a storm suffers
  static FaultPlan storms(String shares, int requests, long seed, FaultPlan between) {
    return new Storms(mix(shares, seed), requests, between, System::nanoTime);
  }
}
