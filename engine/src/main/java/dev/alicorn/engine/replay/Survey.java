package dev.alicorn.engine.replay;

import dev.alicorn.engine.dataset.DatasetFacts.FittedVectors;
import dev.alicorn.engine.dataset.Findings;
import dev.alicorn.engine.dataset.Ladder;
import dev.alicorn.engine.filter.Sieve;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.judge.Draw;
import dev.alicorn.engine.judge.Judge;
import dev.alicorn.engine.judge.Outcome;
import dev.alicorn.engine.judge.Outcome.Part;
import dev.alicorn.engine.judge.RecordFacts;
import dev.alicorn.engine.judge.Selection;
import dev.alicorn.engine.replay.ReplayProgress.Stage;
import dev.alicorn.engine.transfer.Fit;
import dev.alicorn.engine.transfer.TransferMethods;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.Filter;
import dev.alicorn.protocol.Filters.Action;
import dev.alicorn.protocol.Recipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// What all rows of a dataset share: the judging, which samples are chosen, the fitted transfer,
/// and the counts of every outcome.
///
/// @param captions outcomes of captions: a record each
/// @param samples outcomes of samples: a record that was asked about or is still to be asked about
///   each
/// @param ladder where the chosen samples were found
/// @param findings the faults that are reported of rows and let pass
record Survey(
    Judging judging,
    Selection selection,
    Optional<FittedVectors> vectors,
    OutcomeCounts captions,
    OutcomeCounts samples,
    Ladder ladder,
    Findings findings) {

  /// What one range of records adds.
  private record Range(
      Optional<Fit.Gathering> vectors,
      OutcomeCounts captions,
      List<Samples.Judged> samples,
      Reported reported,
      LongAdder truncated,
      Passed.Look look) {}

  /// Faults that are let pass, counted by filter.
  private record Reported(OutcomeCounts captions, OutcomeCounts samples) {
    Reported() {
      this(new OutcomeCounts(), new OutcomeCounts());
    }

    void addAll(Reported others) {
      captions.addAll(others.captions);
      samples.addAll(others.samples);
    }
  }

  /// Judges every record once, and goes on with the captions for as long as the transfer asks to.
  ///
  /// @param threads that judge
  static Survey of(
      Facts facts,
      Judge judge,
      Recipe recipe,
      Optional<EncoderDescription> encoder,
      int threads,
      ReplayMeter meter)
      throws JournalException, IOException {
    Draw draw = Draw.over(facts.records(), recipe.randomSeed(), recipe.tasks());
    Passed passed = new Passed(judge);
    NearCaptions near = NearCaptions.among(facts, passed, recipe.filters(), threads, meter);
    Judging judging = new Judging(passed, draw, near.rejectedBy(recipe.filters()));
    Sieve sieve = new Sieve(recipe.filters());
    Reported reported = new Reported();
    Samples samples = new Samples(draw, facts.records());
    Optional<Fit> fit =
        encoder.map(described ->
            TransferMethods.begin(recipe.transfer(), recipe.randomSeed(), described.dimension()));
    Optional<Fit.Pass> pass = fit.filter(Fit.Pass.class::isInstance).map(Fit.Pass.class::cast);
    Optional<Fit.Gathering> all = pass.map(Fit.Pass::begin);
    OutcomeCounts captions = new OutcomeCounts();
    LongAdder truncated = new LongAdder();
    ReplayMeter.Gauge judged = meter.begin(Stage.JUDGING, facts.records());
    facts.forEachRange(
        threads,
        records -> judged(records, judging, sieve, pass, judged),
        range -> {
          all.ifPresent(gathering -> gathering.merge(range.vectors().orElseThrow()));
          captions.addAll(range.captions());
          range.samples().forEach(samples::add);
          reported.addAll(range.reported());
          truncated.add(range.truncated().sum());
          passed.addWholes(range.look());
        });
    judged.end();
    Optional<FittedVectors> vectors = Optional.empty();
    if (encoder.isPresent()) {
      Fit begun = all.map(Fit.Gathering::end).or(() -> fit).orElseThrow();
      vectors =
          Optional.of(
              new FittedVectors(
                  encoder.get(),
                  new Fitting(facts, judging, threads).finish(begun, meter),
                  truncated.sum()));
    }
    if (recipe.filters().rule(Filter.NEAR_DUPLICATE).action() == Action.REPORT && near.size() > 0) {
      reported.captions().add(Filter.NEAR_DUPLICATE.key(), near.size());
    }
    return new Survey(
        judging,
        samples.selection(),
        vectors,
        captions,
        samples.counts(),
        samples.ladder(),
        new Findings(reported.captions().toMap(), reported.samples().toMap()));
  }

  private static Range judged(
      Iterable<RecordFacts> records,
      Judging judging,
      Sieve sieve,
      Optional<Fit.Pass> pass,
      ReplayMeter.Gauge judged) {
    Range range =
        new Range(
            pass.map(Fit.Pass::begin),
            new OutcomeCounts(),
            new ArrayList<>(),
            new Reported(),
            new LongAdder(),
            judging.passed().new Look());
    for (RecordFacts record : records) {
      Outcome outcome = judging.outcome(record, range.look());
      range.captions().add(outcome.caption());
      if (outcome.caption() instanceof Part.Exported<Outcome.Caption>(Outcome.Caption caption)) {
        range
            .vectors()
            .ifPresent(gathering -> gathering.add(Fitting.unit(record.record(), caption)));
        if (caption.embeddingTruncated()) {
          range.truncated().increment();
        }
        report(record, caption, outcome, sieve, range.reported());
      }
      outcome
          .sample()
          .ifPresent(
              sample -> range.samples().add(Samples.Judged.of(record, judging.draw(), sample)));
      judged.add(1);
    }
    return range;
  }

  private static void report(
      RecordFacts record,
      Outcome.Caption caption,
      Outcome outcome,
      Sieve sieve,
      Reported reported) {
    sieve
        .reported(record.seedText(), caption.text())
        .forEach(filter -> reported.captions().add(filter.key()));
    if (outcome.sample().isPresent()
        && outcome.sample().get() instanceof Part.Exported<Outcome.Sample>(Outcome.Sample sample)) {
      sieve
          .reported(caption.text(), sample.pairs())
          .forEach(filter -> reported.samples().add(filter.key()));
    }
  }
}
