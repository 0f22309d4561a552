package dev.alicorn.bench.fault;

import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
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
    Part part = Part.of(name(), "--images", IMAGES, words);
    KeptParts<PowerCutTally> kept = KeptParts.of(name(), part, PowerCutTally.class);
    Path scratch = PowerCutHistory.scratch();
    kept.keep(
        part, PowerCutHistory.images(part.number() * SEEDS_A_PART, part.countOfPart(), scratch));
    Files.delete(scratch);
    List<PowerCutTally> parts = kept.all(part);
    PowerCutTally total = parts.stream().reduce(PowerCutTally.NONE, PowerCutTally::plus);
    return new BenchResult(name(), rows(total), remarks(total, parts.size(), part.parts()));
  }

  private static List<Row> rows(PowerCutTally total) {
    PowerCutTally.Lies lies = total.lies();
    return List.of(
        Row.of("honest_barriers", "images", total.images())
            .and("acknowledged_facts", total.acknowledged())
            .and("lost_facts", total.lost())
            .and("falsified_facts", total.falsified())
            .and("silent_stop_images", total.silentStops())
            .and("refused_images", total.refused())
            .and("torn_tail_images", total.tornTails()),
        Row.of("lying_barriers", "images", lies.images())
            .and("harmless_images", lies.harmless())
            .and("detected_images", lies.detected())
            .and("unknowable_images", lies.unknowable())
            .and("undetected_images", lies.undetected()));
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
