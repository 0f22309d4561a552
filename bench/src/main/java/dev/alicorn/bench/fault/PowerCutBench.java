package dev.alicorn.bench.fault;

import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Part;
import dev.alicorn.bench.measure.PartFigures;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.engine.journal.PowerCutHistory;
import dev.alicorn.engine.journal.PowerCutTally;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Ten thousand folders as power cuts leave them under the journal's real writer: what of the
/// acknowledged facts is there.
public final class PowerCutBench implements Bench {
  private static final int IMAGES = 10_000;
  private static final long SEEDS_A_PART = 1_000_000;

  @Override
  public String name() {
    return "powercut";
  }

  @Override
  public String subject() {
    return "journals as power cuts leave them, and behind barriers that lied; --images N --part K/N";
  }

  @Override
  public BenchResult run() throws Exception {
    return run(List.of());
  }

  @Override
  public BenchResult run(List<String> words) throws Exception {
    Part part = Part.of(name(), "images", IMAGES, words);
    PartFigures<PowerCutTally> found =
        PartFigures.measure(name(), part, PowerCutTally.class, () -> measured(part));
    PowerCutTally total = found.total(PowerCutTally::plus);
    return new BenchResult(
        name(), rows(total), remarks(total, found.byPart().size(), part.parts()));
  }

  private static PowerCutTally measured(Part part) throws Exception {
    Path scratch = PowerCutHistory.scratch();
    PowerCutTally tally =
        PowerCutHistory.images(part.number() * SEEDS_A_PART, part.unitsOfPart(), scratch);
    Files.delete(scratch);
    return tally;
  }

  private static List<Row> rows(PowerCutTally total) {
    PowerCutTally.Lies lies = total.lies();
    return List.of(
        Row.of("honest_barriers", "images", (double) total.images())
            .and("acknowledged_facts", (double) total.acknowledged())
            .and("lost_facts", (double) total.lost())
            .and("falsified_facts", (double) total.falsified())
            .and("silent_stop_images", (double) total.silentStops())
            .and("refused_images", (double) total.refused())
            .and("torn_tail_images", (double) total.tornTails()),
        Row.of("lying_barriers", "images", (double) lies.images())
            .and("harmless_images", (double) lies.harmless())
            .and("detected_images", (double) lies.detected())
            .and("unknowable_images", (double) lies.unknowable())
            .and("undetected_images", (double) lies.undetected()));
  }

  private static List<String> remarks(PowerCutTally total, int parts, int partsInAll) {
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "%d of %d parts; %d recorded openings, %d of them behind a kill whose pages the power cut met later."
            .formatted(parts, partsInAll, total.incarnations(), total.kills()));
    remarks.add(
        "acknowledged_facts are those that each image owed, all together. refused_images were called"
            + " corrupt or could not be opened and appended to.");
    remarks.add(
        "Behind a barrier that lied facts can be lost. unknowable_images had lost some, and nothing"
            + " that was left knew that they had been durable; undetected_images were wrong without"
            + " a word although something knew.");
    total.violations().stream()
        .limit(20)
        .map(violation -> "VIOLATION: " + violation)
        .forEach(remarks::add);
    return remarks;
  }
}
