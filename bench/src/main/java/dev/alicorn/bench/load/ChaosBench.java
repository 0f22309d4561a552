package dev.alicorn.bench.load;

import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Part;
import dev.alicorn.bench.measure.PartFigures;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.bench.measure.Scratch;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A million calls to an endpoint that fails three requests of ten: what they cost, and whether the
/// job's ledger and the endpoint's own are the same.
///
/// In parts, each is a job of its own with faults of its own; what earlier parts found is kept in
/// `.alicorn/chaos` and added up. Part 1 begins anew.
public final class ChaosBench implements Bench {
  private static final int CALLS = 1_000_000;

  @Override
  public String name() {
    return "chaos";
  }

  @Override
  public String subject() {
    return "calls to an endpoint that fails 30 %: their cost, both ledgers; --calls N --part K/N";
  }

  @Override
  public BenchResult run() throws Exception {
    return run(List.of());
  }

  @Override
  public BenchResult run(List<String> words) throws Exception {
    Part part = Part.of(name(), "calls", CALLS, words);
    PartFigures<ChaosFigures> found =
        PartFigures.measure(name(), part, ChaosFigures.class, () -> measured(part));
    List<Row> rows = new ArrayList<>();
    found.byPart().forEach((number, figures) -> rows.add(figures.row("part_" + number)));
    ChaosFigures total = found.total(ChaosFigures::plus);
    List<String> remarks = remarks(total, rows.size(), part.parts());
    rows.add(total.row("total"));
    new TreeMap<>(total.faults())
        .forEach((cause, count) ->
            rows.add(Row.of(cause, "faulty_ratio", count / (double) total.requests())));
    return new BenchResult(name(), rows, remarks);
  }

  private static ChaosFigures measured(Part part) throws Exception {
    List<String> script =
        List.of(
            "--seed",
            Integer.toString(part.number()),
            "--storms",
            ChaosRun.STORMS,
            "--storm-requests",
            Integer.toString(ChaosRun.STORM_REQUESTS),
            "--faults",
            ChaosRun.FAULTS);
    try (Scratch scratch = Scratch.create("chaos");
        EndpointProcess endpoint = EndpointProcess.start(script)) {
      return ChaosRun.of(endpoint.url(), part.unitsOfPart(), scratch.folder());
    }
  }

  private static List<String> remarks(ChaosFigures total, int parts, int partsInAll) {
    return List.of(
        "%d of %d parts; the ledger folded from the journals and the endpoint's own %s."
            .formatted(
                parts,
                partsInAll,
                total.ledgersAgree() ? "agree to the token" : "DIFFER, see the columns off"),
        "The endpoint bills complete bodies that hold a usage. Storms of "
            + ChaosRun.STORM_REQUESTS
            + " requests, or of a second at most: "
            + ChaosRun.STORMS
            + "; between them: "
            + ChaosRun.FAULTS
            + ".",
        "needed_calls are exported rows; failed_rows had three replies that were cut, unusable or"
            + " lost, or six errors of the server; lost_rows are accounted for nowhere.");
  }
}
