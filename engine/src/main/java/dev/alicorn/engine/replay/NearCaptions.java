package dev.alicorn.engine.replay;

import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.judge.Judge;
import dev.alicorn.engine.quality.MinHash;
import dev.alicorn.engine.quality.NearDuplicates;
import dev.alicorn.engine.replay.ReplayProgress.Stage;
import dev.alicorn.protocol.Filter;
import dev.alicorn.protocol.Filters;
import dev.alicorn.protocol.Filters.Action;
import dev.alicorn.protocol.RecordId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The captions that are nearly earlier ones, in the order of records: of those alike, the first
/// stays.
///
/// Which they are follows from the captions that are exported otherwise, so that a live job, which
/// looks when all of them are known, finds the same.
public final class NearCaptions {
  public static final NearCaptions NONE = new NearCaptions(Map.of());

  /// By ordinal, that of the caption that it is like.
  private final Map<Long, Long> like;

  private NearCaptions(Map<Long, Long> like) {
    this.like = like;
  }

  /// The record whose caption a record's caption is nearly equal to; empty for those that stay.
  public Optional<Long> like(RecordId record) {
    return Optional.ofNullable(like.get(record.ordinal()));
  }

  int size() {
    return like.size();
  }

  /// Those that a recipe rejects.
  NearCaptions rejectedBy(Filters filters) {
    return filters.rule(Filter.NEAR_DUPLICATE).action() == Action.REJECT ? this : NONE;
  }

  /// Finds them, unless the recipe does not look for any; takes a pass over all records.
  ///
  /// @param passed takes what passes
  /// @param threads that judge
  static NearCaptions among(
      Facts facts, Passed passed, Filters filters, int threads, ReplayMeter meter)
      throws JournalException, IOException {
    Filters.Rule rule = filters.rule(Filter.NEAR_DUPLICATE);
    if (rule.action() == Action.OFF) {
      return NONE;
    }
    NearDuplicates kept = new NearDuplicates(rule.limit());
    Map<Long, Long> like = new HashMap<>();
    ReplayMeter.Gauge compared = meter.begin(Stage.COMPARING, facts.records());
    facts.forEachRange(
        threads,
        records -> {
          Looked looked = new Looked(passed.new Look(), new ArrayList<>());
          records.forEach(record -> {
            Judging.exported(looked.look().outcome(record, Optional.empty()))
                .ifPresent(caption ->
                    looked
                        .captions()
                        .add(new Hashed(record.record().ordinal(), MinHash.of(caption.text()))));
            compared.add(1);
          });
          return looked;
        },
        range -> {
          passed.addCaptions(range.look());
          range
              .captions()
              .forEach(caption -> {
                OptionalLong other = kept.add(caption.ordinal(), caption.hash());
                if (other.isPresent()) {
                  like.put(caption.ordinal(), other.getAsLong());
                }
              });
        });
    compared.end();
    return new NearCaptions(like);
  }

  /// Finds those that a recipe rejects in a journal that lies on disk.
  ///
  /// @param until the last fact that counts
  public static NearCaptions rejected(Path journalFolder, long until, Judge judge, Filters filters)
      throws JournalException, IOException {
    if (filters.rule(Filter.NEAR_DUPLICATE).action() != Action.REJECT) {
      return NONE;
    }
    return Facts.onDisk(
        journalFolder,
        until,
        _ -> true,
        facts -> among(facts, new Passed(judge), filters, 1, new ReplayMeter()));
  }

  private record Hashed(long ordinal, MinHash hash) {}

  /// What a look at a range found.
  private record Looked(Passed.Look look, List<Hashed> captions) {}
}
