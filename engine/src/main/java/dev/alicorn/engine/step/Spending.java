package dev.alicorn.engine.step;

import dev.alicorn.engine.judge.Envelope;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JobSpec.Budget;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.JournalEvent.CallStarted;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.Usage;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/// The ledger of a job: calls, tokens and money, folded from its facts and held against its caps.
public final class Spending {
  private final Budget budget;
  private final Map<String, EndpointBound> endpoints;
  private long calls;
  private Usage usage = Usage.NONE;
  private BigDecimal money = BigDecimal.ZERO;

  /// @param endpoints what prices stand behind the names of endpoints
  public Spending(Budget budget, Map<String, EndpointBound> endpoints) {
    this.budget = budget;
    this.endpoints = Map.copyOf(endpoints);
  }

  /// What has been spent.
  ///
  /// @param calls attempts that were answered or may have been
  public record Bill(long calls, Usage usage, BigDecimal money) {}

  /// Counts a call's end; a copied reply and a call that was not sent cost nothing.
  public void add(CallEvent fact) {
    switch (fact) {
      case CallStarted _ -> {}
      case CallFailed failed -> {
        if (failed.cause() != FailureCause.NOT_SENT) {
          count(Usage.NONE, BigDecimal.ZERO);
        }
      }
      case LlmReplied reply -> {
        if (reply.origin().isEmpty()) {
          EndpointBound endpoint = endpoints.get(reply.endpoint());
          if (endpoint == null) {
            throw new IllegalStateException(
                "a reply came from endpoint " + reply.endpoint() + ", which the job never bound");
          }
          Usage billed = Envelope.read(reply.body(), endpoint.wire()).usage();
          count(billed, endpoint.price().of(billed));
        }
      }
    }
  }

  private synchronized void count(Usage billed, BigDecimal price) {
    calls++;
    usage = usage.plus(billed);
    money = money.add(price);
  }

  public synchronized Bill bill() {
    return new Bill(calls, usage, money);
  }

  /// The cap that is reached, as a sentence.
  public synchronized Optional<String> overspent() {
    if (budget.calls().isPresent() && calls >= budget.calls().getAsLong()) {
      return Optional.of(
          "budget.calls: " + calls + " calls are made, the cap is " + budget.calls().getAsLong());
    }
    if (budget.tokens().isPresent() && usage.total() >= budget.tokens().getAsLong()) {
      return Optional.of(
          "budget.tokens: "
              + usage.total()
              + " tokens are used, the cap is "
              + budget.tokens().getAsLong());
    }
    if (budget.money().isPresent() && money.compareTo(budget.money().get()) >= 0) {
      return Optional.of(
          "budget.money: "
              + money.toPlainString()
              + " is spent, the cap is "
              + budget.money().get().toPlainString());
    }
    return Optional.empty();
  }
}
