package dev.alicorn.bench.fault;

import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Count;
import dev.alicorn.bench.measure.Part;
import dev.alicorn.bench.measure.PartFigures;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.engine.journal.PowerCutHistory;
import dev.alicorn.engine.journal.PowerCutTally;
import dev.alicorn.engine.kill.KillFigures;
import dev.alicorn.engine.kill.PowerCutFigures;
import dev.alicorn.engine.kill.QuickStartPowerCuts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Ten thousand folders as power cuts leave them under the journal's real writer: what of the
/// acknowledged facts is there; and whole jobs that go on from such folders.
public final class PowerCutBench implements Bench {
  private static final int IMAGES = 10_000;
  private static final int JOBS = 400;
  private static final long SEEDS_A_PART = 1_000_000;

  /// What one part has found.
  private record Found(PowerCutTally images, PowerCutFigures jobs) {
    private Found plus(Found other) {
      return new Found(images.plus(other.images), jobs.plus(other.jobs));
    }
  }

  @Override
  public String name() {
    return "powercut";
  }

  @Override
  public String subject() {
    return "journals as power cuts leave them, and jobs that go on from them; --images N --jobs N --part K/N";
  }

  @Override
  public BenchResult run() throws Exception {
    return run(List.of());
  }

  @Override
  public BenchResult run(List<String> words) throws Exception {
    List<String> ofImages = new ArrayList<>(words);
    List<String> ofJobs = new ArrayList<>();
    int at = words.indexOf("--jobs");
    if (at >= 0) {
      List<String> pair = ofImages.subList(at, Math.min(at + 2, words.size()));
      ofJobs.addAll(pair);
      pair.clear();
    }
    int jobs = Count.of(name(), "jobs", JOBS, 0, ofJobs);
    Part part = Part.of(name(), "images", IMAGES, ofImages);
    PartFigures<Found> found =
        PartFigures.measure(name(), part, Found.class, () -> measured(part, jobs / part.parts()));
    Found total = found.total(Found::plus);
    return new BenchResult(
        name(), rows(total), remarks(total, found.byPart().size(), part.parts()));
  }

  private static Found measured(Part part, int jobs) throws Exception {
    long firstSeed = part.number() * SEEDS_A_PART;
    Path scratch = PowerCutHistory.scratch();
    Found found =
        new Found(
            PowerCutHistory.images(firstSeed, part.unitsOfPart(), scratch),
            jobs == 0 ? PowerCutFigures.NONE : QuickStartPowerCuts.jobs(firstSeed, jobs, scratch));
    Files.delete(scratch);
    return found;
  }

  private static List<Row> rows(Found total) {
    PowerCutTally images = total.images();
    PowerCutTally.Lies lies = images.lies();
    KillFigures costs = total.jobs().costs();
    return List.of(
        Row.of("honest_barriers", "images", (double) images.images())
            .and("acknowledged_facts", (double) images.acknowledged())
            .and("lost_facts", (double) images.lost())
            .and("falsified_facts", (double) images.falsified())
            .and("silent_stop_images", (double) images.silentStops())
            .and("refused_images", (double) images.refused())
            .and("torn_tail_images", (double) images.tornTails()),
        Row.of("lying_barriers", "images", (double) lies.images())
            .and("harmless_images", (double) lies.harmless())
            .and("detected_images", (double) lies.detected())
            .and("unknowable_images", (double) lies.unknowable())
            .and("undetected_images", (double) lies.undetected()),
        Row.of("whole_jobs", "images", (double) costs.kills())
            .and("acknowledged_facts", (double) costs.acknowledged())
            .and("lost_facts", (double) costs.lost())
            .and("completed_jobs", (double) costs.jobs())
            .and("opening_images", (double) costs.inRecovery())
            .and("export_images", (double) total.jobs().inExport())
            .and("duplicate_calls", (double) costs.duplicates())
            .and("repeated_calls", (double) costs.repeats())
            .and("most_repeated_calls", (double) costs.repeatsMost())
            .and("w_calls", (double) costs.repeatsAllowed())
            .and("unaccounted_rows", (double) costs.unaccounted())
            .and("differing_jobs", (double) costs.differing()));
  }

  private static List<String> remarks(Found total, int parts, int partsInAll) {
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "%d of %d parts; %d recorded openings, %d of them behind a kill whose pages the power cut met later."
            .formatted(parts, partsInAll, total.images().incarnations(), total.images().kills()));
    remarks.add(
        "acknowledged_facts are those that each image, or each completed job, owed, all together."
            + " refused_images were called corrupt or could not be opened and appended to.");
    remarks.add(
        "Behind a barrier that lied facts can be lost. unknowable_images had lost some, and nothing"
            + " that was left knew that they had been durable; undetected_images were wrong without"
            + " a word although something knew.");
    remarks.add(
        "whole_jobs are quick starts, each of which went on from several images; %s."
            .formatted(
                total.jobs().costs().good()
                    ? "every promise was kept"
                    : "A PROMISE WAS BROKEN, see the columns that should be 0"));
    total.images().violations().stream()
        .limit(20)
        .map(violation -> "VIOLATION: " + violation)
        .forEach(remarks::add);
    return remarks;
  }
}
