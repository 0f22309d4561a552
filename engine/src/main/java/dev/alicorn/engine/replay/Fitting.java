package dev.alicorn.engine.replay;

import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.judge.Outcome;
import dev.alicorn.engine.judge.RecordFacts;
import dev.alicorn.engine.replay.ReplayProgress.Stage;
import dev.alicorn.engine.transfer.Fit;
import dev.alicorn.engine.transfer.TransferMethod;
import dev.alicorn.engine.transfer.UnitVector;
import dev.alicorn.protocol.RecordId;
import java.io.IOException;

/// The fitting of a transfer method to the captions that are exported.
///
/// Records are gone through as often as the method asks; their captions are judged anew each time,
/// since vectors of a large corpus do not fit in memory.
final class Fitting {
  private final Facts facts;
  private final Judging judging;
  private final int threads;

  Fitting(Facts facts, Judging judging, int threads) {
    this.facts = facts;
    this.judging = judging;
    this.threads = threads;
  }

  /// Makes the passes that are left.
  TransferMethod finish(Fit begun, ReplayMeter meter) throws JournalException, IOException {
    return switch (begun) {
      case Fit.Fitted(TransferMethod method) -> method;
      case Fit.Pass pass -> {
        ReplayMeter.Gauge gauge = meter.begin(Stage.FITTING, facts.records() * pass.left());
        TransferMethod method = finish(pass, gauge);
        gauge.end();
        yield method;
      }
    };
  }

  private TransferMethod finish(Fit begun, ReplayMeter.Gauge gauge)
      throws JournalException, IOException {
    Fit fit = begun;
    while (fit instanceof Fit.Pass pass) {
      Fit.Gathering all = pass.begin();
      facts.forEachRange(threads, records -> gathered(records, pass, gauge), all::merge);
      fit = all.end();
    }
    return ((Fit.Fitted) fit).method();
  }

  private Fit.Gathering gathered(
      Iterable<RecordFacts> records, Fit.Pass pass, ReplayMeter.Gauge gauge) {
    Fit.Gathering gathering = pass.begin();
    for (RecordFacts record : records) {
      judging.caption(record).ifPresent(it -> gathering.add(unit(record.record(), it)));
      gauge.add(1);
    }
    return gathering;
  }

  /// A caption's vector scaled to unit length; the judge lets none through that has none.
  static UnitVector unit(RecordId record, Outcome.Caption caption) {
    return caption
        .embedding()
        .flatMap(UnitVector::of)
        .orElseThrow(() ->
            new IllegalStateException("record " + record + " is exported without a usable vector"));
  }
}
