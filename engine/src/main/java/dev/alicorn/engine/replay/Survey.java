package dev.alicorn.engine.replay;

import dev.alicorn.engine.dataset.DatasetFacts.FittedVectors;
import dev.alicorn.engine.dataset.Ladder;
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
import dev.alicorn.protocol.Recipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What all rows of a dataset share: the draw, which samples are chosen, the fitted transfer, and
/// the counts of every outcome.
///
/// @param captions outcomes of captions: a record each
/// @param samples outcomes of samples: a record that was asked about or is still to be asked about
///   each
/// @param ladder where the chosen samples were found
record Survey(
    Draw draw,
    Selection selection,
    Optional<FittedVectors> vectors,
    OutcomeCounts captions,
    OutcomeCounts samples,
    Ladder ladder) {

  /// What one range of records adds.
  private record Range(
      Optional<Fit.Gathering> vectors, OutcomeCounts captions, List<Samples.Judged> samples) {}

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
    Samples samples = new Samples(draw, facts.records());
    Optional<Fit> fit =
        encoder.map(described ->
            TransferMethods.begin(recipe.transfer(), recipe.randomSeed(), described.dimension()));
    Optional<Fit.Pass> pass = fit.filter(Fit.Pass.class::isInstance).map(Fit.Pass.class::cast);
    Optional<Fit.Gathering> all = pass.map(Fit.Pass::begin);
    OutcomeCounts captions = new OutcomeCounts();
    ReplayMeter.Gauge judged = meter.begin(Stage.JUDGING, facts.records());
    facts.forEachRange(
        threads,
        records -> judged(records, judge, draw, pass, judged),
        range -> {
          all.ifPresent(gathering -> gathering.merge(range.vectors().orElseThrow()));
          captions.addAll(range.captions());
          range.samples().forEach(samples::add);
        });
    judged.end();
    Optional<FittedVectors> vectors = Optional.empty();
    if (encoder.isPresent()) {
      Fit begun = all.map(Fit.Gathering::end).or(() -> fit).orElseThrow();
      vectors =
          Optional.of(
              new FittedVectors(
                  encoder.get(), new Fitting(facts, judge, threads).finish(begun, meter)));
    }
    return new Survey(
        draw, samples.selection(), vectors, captions, samples.counts(), samples.ladder());
  }

  private static Range judged(
      Iterable<RecordFacts> records,
      Judge judge,
      Draw draw,
      Optional<Fit.Pass> pass,
      ReplayMeter.Gauge judged) {
    Range range = new Range(pass.map(Fit.Pass::begin), new OutcomeCounts(), new ArrayList<>());
    for (RecordFacts record : records) {
      Outcome outcome = outcome(judge, draw, record);
      range.captions().add(outcome.caption());
      if (outcome.caption() instanceof Part.Exported<Outcome.Caption>(Outcome.Caption caption)) {
        range
            .vectors()
            .ifPresent(gathering -> gathering.add(Fitting.unit(record.record(), caption)));
      }
      outcome
          .sample()
          .ifPresent(sample -> range.samples().add(Samples.Judged.of(record, draw, sample)));
      judged.add(1);
    }
    return range;
  }

  /// What a record comes to in a dataset, for which no embedding follows any more.
  static Outcome outcome(Judge judge, Draw draw, RecordFacts record) {
    return judge.outcome(record, draw.taskOf(record.record())).withoutFurtherEmbeddings();
  }
}
