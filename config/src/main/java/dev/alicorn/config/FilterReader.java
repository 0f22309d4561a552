package dev.alicorn.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import dev.alicorn.protocol.Filter;
import dev.alicorn.protocol.Filters;
import dev.alicorn.protocol.Filters.Action;
import dev.alicorn.protocol.Filters.OptionOrder;
import dev.alicorn.protocol.Filters.Rule;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The reader of `filters`. A filter without an action is off; so are all where the key is left out
/// and has no default, as in the journals of jobs that knew no filters.
final class FilterReader {
  private static final String ORDER = "option_order";
  private static final String ACTION = "action";
  static final List<String> KEYS =
      Stream.concat(Stream.of(ORDER, ACTION), Stream.of(Filter.values()).map(Filter::key)).toList();

  private FilterReader() {}

  static Filters read(ConfReader job) throws ConfigException {
    if (!job.has("filters")) {
      return Filters.NONE;
    }
    ConfReader filters = job.object("filters", KEYS);
    Map<Filter, Rule> rules = new EnumMap<>(Filter.class);
    for (Filter filter : Filter.values()) {
      rules.put(filter, rule(filters, filter));
    }
    OptionOrder order = filters.choice(ORDER, OptionOrder.values(), OptionOrder::key);
    return new Filters(order, rules);
  }

  private static Rule rule(ConfReader filters, Filter filter) throws ConfigException {
    Optional<String> limitKey = filter.limitKey();
    ConfReader rule = filters.object(filter.key(), keys(filter));
    ConfReader says = !rule.gives(ACTION) && filters.has(ACTION) ? filters : rule;
    if (!says.has(ACTION)) {
      return Rule.OFF;
    }
    Action action = says.choice(ACTION, Action.values(), Action::key);
    if (action == Action.OFF) {
      return Rule.OFF;
    }
    return new Rule(action, limitKey.isPresent() ? rule.number(limitKey.get()) : 0);
  }

  static List<String> keys(Filter filter) {
    return Stream.concat(Stream.of(ACTION), filter.limitKey().stream()).toList();
  }

  /// The defaults of all limits, without actions.
  static ConfigObject limits() {
    Config limits =
        JobFile.REFERENCE.toConfig().withOnlyPath("filters").withoutPath("filters." + ORDER);
    for (Filter filter : Filter.values()) {
      limits = limits.withoutPath("filters." + filter.key() + "." + ACTION);
    }
    return limits.root();
  }
}
