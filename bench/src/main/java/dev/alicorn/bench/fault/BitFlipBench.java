package dev.alicorn.bench.fault;

import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Part;
import dev.alicorn.bench.measure.PartFigures;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.engine.journal.BitFlipTally;
import dev.alicorn.engine.journal.BitFlips;
import dev.alicorn.engine.journal.PowerCutHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A million bits flipped in journals, one at a time: which are noticed.
public final class BitFlipBench implements Bench {
  private static final int FLIPS = 1_000_000;

  @Override
  public String name() {
    return "bitflip";
  }

  @Override
  public String subject() {
    return "single flipped bits in a journal, noticed or harmless; --flips N --part K/N";
  }

  @Override
  public BenchResult run() throws Exception {
    return run(List.of());
  }

  @Override
  public BenchResult run(List<String> words) throws Exception {
    Part part = Part.of(name(), "flips", FLIPS, words);
    PartFigures<BitFlipTally> found =
        PartFigures.measure(name(), part, BitFlipTally.class, () -> measured(part));
    BitFlipTally total = found.total(BitFlipTally::plus);
    List<Row> rows = new ArrayList<>();
    for (BitFlipTally.Region region : BitFlipTally.Region.values()) {
      rows.add(row(region.name().toLowerCase(Locale.ROOT), total.of(region)));
    }
    rows.add(row("total", total.total()));
    return new BenchResult(name(), rows, remarks(total, found.byPart().size(), part.parts()));
  }

  private static BitFlipTally measured(Part part) throws Exception {
    Path scratch = PowerCutHistory.scratch();
    BitFlipTally tally = BitFlips.run(part.number(), part.unitsOfPart(), scratch);
    Files.delete(scratch);
    return tally;
  }

  private static Row row(String name, BitFlipTally.Counts counts) {
    return Row.of(name, "flips", (double) counts.flips())
        .and("corrupt_flips", (double) counts.corrupt())
        .and("torn_tail_flips", (double) counts.torn())
        .and("harmless_flips", (double) counts.harmless())
        .and("undetected_flips", (double) counts.undetected());
  }

  private static List<String> remarks(BitFlipTally total, int parts, int partsInAll) {
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "%d of %d parts, each of a journal of its own and all regions as likely; undetected_flips: %d."
            .formatted(parts, partsInAll, total.total().undetected()));
    remarks.add(
        "corrupt_flips and torn_tail_flips were noticed, the latter in facts that nothing knew to be"
            + " durable. After harmless_flips every fact was read as it was: Chronicle's own"
            + " documents are read for their lengths alone.");
    total.violations().forEach(violation -> remarks.add("VIOLATION: " + violation));
    return remarks;
  }
}
