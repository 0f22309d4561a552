package dev.alicorn.bench.fault;

import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Part;
import dev.alicorn.bench.measure.PartFigures;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.bench.measure.Scratch;
import dev.alicorn.engine.kill.KillFigures;
import java.util.ArrayList;
import java.util.List;

/// A thousand kills with -9, at random moments and at named points of the code: what they lose and
/// what they cost.
public final class KillBench implements Bench {
  private static final int KILLS = 1_000;

  @Override
  public String name() {
    return "kill";
  }

  @Override
  public String subject() {
    return "jobs killed with -9 again and again: what is lost, what is paid twice; --kills N --part K/N";
  }

  @Override
  public BenchResult run() throws Exception {
    return run(List.of());
  }

  @Override
  public BenchResult run(List<String> words) throws Exception {
    Part part = Part.of(name(), "kills", KILLS, words);
    PartFigures<KillFigures> found =
        PartFigures.measure(name(), part, KillFigures.class, () -> measured(part));
    List<Row> rows = new ArrayList<>();
    found.byPart().forEach((number, figures) -> rows.add(row("part_" + number, figures)));
    KillFigures total = found.total(KillFigures::plus);
    List<String> remarks = remarks(total, rows.size(), part.parts());
    rows.add(row("total", total));
    return new BenchResult(name(), rows, remarks);
  }

  /// Measures a part; where something is amiss, its files stay for whoever looks into it.
  private static KillFigures measured(Part part) throws Exception {
    Scratch scratch = Scratch.create("kill");
    KillFigures figures = KillRun.of(part.number(), part.unitsOfPart(), scratch.folder());
    if (figures.good()) {
      scratch.close();
    }
    return figures;
  }

  private static Row row(String name, KillFigures figures) {
    return Row.of(name, "kills", (double) figures.kills())
        .and("random_kills", (double) figures.atRandom())
        .and("failpoint_kills", (double) figures.atFailpoints())
        .and("recovery_kills", (double) figures.inRecovery())
        .and("nested_kills", (double) figures.nested())
        .and("never_kills", (double) figures.withNever())
        .and("acknowledged_facts", (double) figures.acknowledged())
        .and("lost_facts", (double) figures.lost())
        .and("duplicate_calls", (double) figures.duplicates())
        .and("repeated_calls", (double) figures.repeats())
        .and("most_repeated_calls", (double) figures.repeatsMost())
        .and("w_calls", (double) figures.repeatsAllowed())
        .and("never_repeated_calls", (double) figures.neverRepeats())
        .and("parked_rows", (double) figures.parked())
        .and("unlisted_rows", (double) figures.unlisted())
        .and("unaccounted_rows", (double) figures.unaccounted())
        .and("completed_jobs", (double) figures.jobs())
        .and("differing_jobs", (double) figures.differing());
  }

  private static List<String> remarks(KillFigures total, int parts, int partsInAll) {
    return List.of(
        "%d of %d parts; %s."
            .formatted(
                parts,
                partsInAll,
                total.good()
                    ? "every promise was kept"
                    : "A PROMISE WAS BROKEN, see the columns that should be 0"),
        "lost_facts, duplicate_calls, never_repeated_calls, unlisted_rows, unaccounted_rows and"
            + " differing_jobs must be 0, most_repeated_calls at most w_calls: the calls in flight"
            + " and the records of one group commit.",
        "never_kills are counted among the others, nested_kills among recovery_kills.");
  }
}
