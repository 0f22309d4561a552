package dev.alicorn.engine.explain;

import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All that was said for one record and stage.
///
/// @param calls in the order of their facts, at least one
public record Dialogue(Stage stage, List<CallTold> calls) {
  public Dialogue {
    calls = List.copyOf(calls);
  }

  /// What the calls come to.
  public Verdict verdict() {
    return calls.getLast().verdict();
  }

  /// The tokens that the calls were billed.
  public Usage usage() {
    return calls.stream().map(CallTold::usage).reduce(Usage.NONE, Usage::plus);
  }

  /// What the calls cost, by currency.
  public Map<String, BigDecimal> prices() {
    Map<String, BigDecimal> prices = new TreeMap<>();
    calls.forEach(
        call -> prices.merge(call.endpoint().price().currency(), call.price(), BigDecimal::add));
    return prices;
  }
}
