package dev.alicorn.engine.step;

import dev.alicorn.protocol.JobSpec.Budget;
import java.math.BigDecimal;
import java.util.Optional;

/// The caps of a budget, as what they say to a further call.
record Caps(Budget budget) {
  private static final String MEND = "; raise the cap in the job's file and run it again";

  boolean any() {
    return !budget.equals(Budget.UNLIMITED);
  }

  /// Whether no cap is passed.
  boolean allow(Cost cost) {
    return (budget.calls().isEmpty() || cost.calls() <= budget.calls().getAsLong())
        && (budget.tokens().isEmpty() || cost.tokens() <= budget.tokens().getAsLong())
        && (budget.money().isEmpty() || cost.money().compareTo(budget.money().get()) <= 0);
  }

  /// The first cap that a further call would pass, as a sentence; empty where there is none.
  Optional<String> reached(Cost spent, Cost next) {
    Cost then = spent.plus(next);
    if (budget.calls().isPresent() && then.calls() > budget.calls().getAsLong()) {
      return Optional.of(
          "budget.calls: "
              + spent.calls()
              + " calls are made and the cap is "
              + budget.calls().getAsLong()
              + MEND);
    }
    if (budget.tokens().isPresent() && then.tokens() > budget.tokens().getAsLong()) {
      return Optional.of(
          "budget.tokens: "
              + spent.tokens()
              + " tokens are used, the next call may take "
              + next.tokens()
              + " and the cap is "
              + budget.tokens().getAsLong()
              + MEND);
    }
    if (budget.money().isPresent() && then.money().compareTo(budget.money().get()) > 0) {
      return Optional.of(
          "budget.money: "
              + plain(spent.money())
              + " is spent, the next call may cost "
              + plain(next.money())
              + " and the cap is "
              + plain(budget.money().get())
              + MEND);
    }
    return Optional.empty();
  }

  private static String plain(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }
}
