package dev.alicorn.protocol;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// What each filter of quality does, and how the options of multiple choice are ordered: a recipe's
/// demands on answers that can be read.
///
/// @param rules a rule for each filter
public record Filters(OptionOrder optionOrder, Map<Filter, Rule> rules) {
  /// Everything as it was replied.
  public static final Filters NONE = new Filters(OptionOrder.AS_REPLIED, Map.of());

  public Filters {
    Map<Filter, Rule> all = new EnumMap<>(Filter.class);
    for (Filter filter : Filter.values()) {
      all.put(filter, rules.getOrDefault(filter, Rule.OFF));
    }
    rules = Collections.unmodifiableMap(all);
  }

  public Rule rule(Filter filter) {
    return rules.getOrDefault(filter, Rule.OFF);
  }

  /// What a filter does.
  ///
  /// @param limit what is still no fault, in the unit that the filter's limit is named by; 0 for a
  ///   filter without one
  public record Rule(Action action, double limit) {
    public static final Rule OFF = new Rule(Action.OFF, 0);
  }

  /// What becomes of a fault.
  public enum Action {
    /// The caption, the pair or the sample is not taken.
    REJECT("reject"),
    /// It is counted.
    REPORT("report"),
    /// Nothing, and nobody looks.
    OFF("off");

    private final String key;

    Action(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /// How the options of a multiple-choice question are ordered.
  public enum OptionOrder {
    /// By a permutation that follows from the random seed, the record and the question's place:
    /// each letter is right equally often, whatever letters a model prefers.
    SHUFFLED("shuffled"),
    AS_REPLIED("as-replied");

    private final String key;

    OptionOrder(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }
}
