package dev.alicorn.engine.step;

import dev.alicorn.engine.judge.CaptionVerdict;
import dev.alicorn.engine.judge.Complaint;
import dev.alicorn.engine.judge.Judge;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.engine.prompt.Prompting;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;

/// The caption step: one question to the LLM a seed.
///
/// @param inFlightMax seeds that are asked about at once
/// @param model the model that the spec's endpoint was bound to
public record CaptionStep(
    JobSpec.Caption spec, String model, Judge judge, Calls calls, int inFlightMax) {

  /// A seed that has no caption verdict yet.
  ///
  /// @param known the facts of its caption calls so far
  public record OwedCaption(SeedAccepted seed, List<CallEvent> known) {}

  /// A caption that was settled, for better or worse.
  public record Captioned(SeedAccepted seed, Settled<CaptionVerdict> outcome) {}

  /// OwedCaption seeds to settled captions, in the order in which they are settled; what the brake
  /// left unsettled is left out.
  public Flow<OwedCaption, Captioned, NotUsed> flow() {
    return Flow.of(OwedCaption.class)
        .mapAsyncUnordered(
            inFlightMax,
            owed ->
                calls
                    .settle(new CaptionQuestion(owed.seed()), owed.known())
                    .thenApply(settled -> settled.map(s -> new Captioned(owed.seed(), s))))
        .filter(Optional::isPresent)
        .map(Optional::get);
  }

  private final class CaptionQuestion implements Question<CaptionVerdict> {
    private final SeedAccepted seed;

    CaptionQuestion(SeedAccepted seed) {
      this.seed = seed;
    }

    @Override
    public RecordId record() {
      return seed.record();
    }

    @Override
    public Stage stage() {
      return Stage.CAPTION;
    }

    @Override
    public CaptionVerdict judge(List<CallEvent> facts) {
      return judge.caption(seed::text, facts);
    }

    @Override
    public Optional<Question.Owed> owed(CaptionVerdict verdict) {
      return switch (verdict) {
        case CaptionVerdict.Owed(int ask, int attempts, Optional<Complaint> complaint) ->
            Optional.of(new Question.Owed(ask, attempts, complaint.map(Complaint::sentence)));
        case CaptionVerdict.Accepted _,
            CaptionVerdict.Rejected _,
            CaptionVerdict.Failed _,
            CaptionVerdict.Parked _ ->
            Optional.empty();
      };
    }

    @Override
    public ChatRequest request(int ask, Optional<String> complaint) {
      return Prompting.caption(spec, model, seed.text(), complaint);
    }
  }
}
