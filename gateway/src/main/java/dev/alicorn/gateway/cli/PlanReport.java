package dev.alicorn.gateway.cli;

import dev.alicorn.engine.judge.Account;
import dev.alicorn.engine.ledger.Forecast;
import dev.alicorn.engine.ledger.SeedCount;
import dev.alicorn.engine.ledger.Statement;
import dev.alicorn.gateway.wiring.Plan;
import dev.alicorn.protocol.JobSpec;
import java.io.PrintWriter;
import java.util.List;

/// What a job is going to do and to cost, before any of it is done.
final class PlanReport {
  private final PrintWriter out;

  PlanReport(PrintWriter out) {
    this.out = out;
  }

  void print(JobSpec spec, Plan plan, Statement reused) {
    out.println("plan of job " + spec.name() + ": no call is made and nothing is written");
    printSeeds(plan.seeds());
    printSteps(plan.forecast());
    plan.forecast().endpoints().forEach(this::printLoad);
    out.println(
        "  disk: about "
            + Amounts.bytes(plan.forecast().disk().journalBytes())
            + " of journal and "
            + Amounts.bytes(plan.forecast().disk().datasetBytes())
            + " of dataset");
    if (!spec.reuse().isEmpty()) {
      printReused(plan.forecast(), reused.total());
    }
    printBudget(spec.budget(), plan.forecast().total());
    printAssumptions();
  }

  private void printSeeds(SeedCount seeds) {
    for (SeedCount.Source source : seeds.sources()) {
      out.println(
          "  "
              + Amounts.count(source.seeds())
              + " seeds of "
              + source.label()
              + (source.refused() == 0
                  ? ""
                  : "; " + Amounts.count(source.refused()) + " rows are no seeds")
              + (source.leftOut() == 0
                  ? ""
                  : "; " + Amounts.count(source.leftOut()) + " rows are left out"));
    }
  }

  private void printSteps(Forecast forecast) {
    TextTable table = new TextTable();
    table.row(List.of("step", "calls", "tokens in", "tokens out", "price"));
    for (Forecast.Step step : forecast.steps()) {
      table.row(row(step.stage().key(), step.cost()));
    }
    table.row(row("total", forecast.total()));
    table.print(out);
  }

  private static List<String> row(String name, Forecast.Cost cost) {
    return List.of(
        name,
        Amounts.count(cost.calls()),
        Amounts.count(cost.usage().inputTokens()),
        Amounts.count(cost.usage().outputTokens()),
        Amounts.money(cost.price()));
  }

  private void printLoad(String endpoint, Forecast.Load load) {
    String calls =
        "  endpoint " + endpoint + ": " + Amounts.count(load.cost().calls()) + " calls, ";
    out.println(
        load.atLimits()
            .map(time -> calls + "at least " + Durations.spoken(time) + " at its limits a minute")
            .orElse(
                calls
                    + load.inFlightMax()
                    + " at a time; how long that takes is unknown, since neither requests_per_minute"
                    + " nor tokens_per_minute is configured"));
  }

  private void printReused(Forecast forecast, Account found) {
    out.println(
        "  reuse: "
            + Amounts.count(found.reused().replies())
            + " of "
            + Amounts.count(forecast.total().calls())
            + " calls are answered by other jobs' journals, which saves "
            + Amounts.count(found.reused().usage().total())
            + " tokens and "
            + Amounts.money(found.reused().price()));
  }

  private void printBudget(JobSpec.Budget budget, Forecast.Cost total) {
    if (budget.calls().isPresent()) {
      printCap(
          "calls", total.calls() <= budget.calls().getAsLong(), "" + budget.calls().getAsLong());
    }
    if (budget.tokens().isPresent()) {
      printCap(
          "tokens",
          total.usage().total() <= budget.tokens().getAsLong(),
          "" + budget.tokens().getAsLong());
    }
    if (budget.money().isPresent()) {
      printCap(
          "money",
          total.price().total().compareTo(budget.money().get()) <= 0,
          budget.money().get().toPlainString());
    }
  }

  private void printCap(String key, boolean enough, String cap) {
    out.println(
        "  budget."
            + key
            + " = "
            + cap
            + (enough ? " covers it" : " does not cover it: the job will pause there"));
  }

  private void printAssumptions() {
    out.println(
        "  taken for granted: every call brings a fit answer; tokens in are estimated from the"
            + " prompts by their words; a caption has "
            + Forecast.CAPTION_TOKENS
            + " tokens (129 words, the published mean), a sample "
            + Forecast.SAMPLE_TOKENS
            + " (7 pairs of 60), unless max_tokens is less");
  }
}
