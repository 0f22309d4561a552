package dev.alicorn.gateway.cli;

import dev.alicorn.engine.judge.Account;
import dev.alicorn.engine.ledger.Forecast;
import dev.alicorn.engine.ledger.Statement;
import dev.alicorn.protocol.Stage;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a job has cost, by step, with what was forecast beside it.
final class LedgerReport {
  private static final String NONE = "-";

  private final PrintWriter out;

  LedgerReport(PrintWriter out) {
    this.out = out;
  }

  void print(Statement ledger, Forecast forecast) {
    TextTable table = new TextTable();
    table.row(
        List.of(
            "step",
            "calls",
            "forecast",
            "in vain",
            "re-asked",
            "reused",
            "tokens in",
            "tokens out",
            "forecast",
            "price",
            "forecast"));
    Set<Stage> stages = new LinkedHashSet<>();
    forecast.steps().forEach(step -> stages.add(step.stage()));
    stages.addAll(ledger.accounts().keySet());
    for (Stage stage : stages) {
      table.row(row(stage.key(), ledger.of(stage), forecast.of(stage)));
    }
    table.row(row("total", ledger.total(), Optional.of(forecast.total())));
    table.print(out);
    printCached(ledger.total());
    printReused(ledger.total());
    printUnknown(ledger);
  }

  private static List<String> row(String name, Account spent, Optional<Forecast.Cost> planned) {
    return List.of(
        name,
        Amounts.count(spent.calls()),
        planned.map(cost -> Amounts.count(cost.calls())).orElse(NONE),
        Amounts.count(spent.vain()),
        Amounts.count(spent.reasked()),
        Amounts.count(spent.reused().replies()),
        Amounts.count(spent.billed().usage().inputTokens()),
        Amounts.count(spent.billed().usage().outputTokens()),
        planned.map(cost -> Amounts.count(cost.usage().total())).orElse(NONE),
        Amounts.money(spent.billed().price()),
        planned.map(cost -> Amounts.money(cost.price())).orElse(NONE));
  }

  private void printCached(Account total) {
    long cached = total.billed().usage().cachedInputTokens();
    if (cached > 0) {
      out.println(
          "  " + Amounts.count(cached) + " of the tokens in came out of the endpoint's cache");
    }
  }

  private void printReused(Account total) {
    if (total.reused().replies() > 0) {
      out.println(
          "  reuse saved "
              + Amounts.count(total.reused().replies())
              + " calls, "
              + Amounts.count(total.reused().usage().total())
              + " tokens and "
              + Amounts.money(total.reused().price()));
    }
  }

  private void printUnknown(Statement ledger) {
    if (ledger.total().unknown() > 0) {
      out.println(
          "  "
              + Amounts.count(ledger.total().unknown())
              + " calls do not say what they were billed; at the mean of their step that is "
              + Amounts.money(ledger.possiblePrice())
              + " more; `./alicorn explain --unknown` lists them");
    }
  }
}
