package dev.alicorn.engine.step;

import dev.alicorn.engine.judge.Complaint;
import dev.alicorn.engine.judge.Judge;
import dev.alicorn.engine.judge.SampleVerdict;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.engine.prompt.Prompting;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.TaskName;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;

/// The instruct step: one question to the LLM a drawn caption.
///
/// @param model the model that the spec's endpoint was bound to
/// @param inFlightMax captions that are asked about at once
public record InstructStep(
    JobSpec.Instruct spec, String model, Judge judge, Calls calls, int inFlightMax) {

  /// A drawn caption that has no sample yet.
  ///
  /// @param known the facts of its calls for this task so far
  public record OwedSample(RecordId record, TaskName task, String caption, List<CallEvent> known) {}

  /// A sample that was settled, for better or worse.
  public record Instructed(OwedSample drawn, Settled<SampleVerdict> outcome) {}

  /// Drawn captions to settled samples, in the order in which they are settled; what the brake left
  /// unsettled has no verdict.
  public Flow<OwedSample, Instructed, NotUsed> flow() {
    return Flow.of(OwedSample.class)
        .mapAsyncUnordered(
            inFlightMax,
            owed ->
                calls
                    .settle(new SampleQuestion(owed), owed.known())
                    .thenApply(settled -> settled.map(s -> new Instructed(owed, s))))
        .filter(Optional::isPresent)
        .map(Optional::get);
  }

  private final class SampleQuestion implements Question<SampleVerdict> {
    private final OwedSample drawn;

    SampleQuestion(OwedSample drawn) {
      this.drawn = drawn;
    }

    @Override
    public RecordId record() {
      return drawn.record();
    }

    @Override
    public Stage stage() {
      return drawn.task().stage();
    }

    @Override
    public SampleVerdict judge(List<CallEvent> facts) {
      return judge.sample(drawn.task(), drawn.caption(), facts);
    }

    @Override
    public Optional<Question.Owed> owed(SampleVerdict verdict) {
      return switch (verdict) {
        case SampleVerdict.Owed(int ask, int attempts, Optional<Complaint> complaint) ->
            Optional.of(new Question.Owed(ask, attempts, complaint.map(Complaint::sentence)));
        case SampleVerdict.Accepted _,
            SampleVerdict.Rejected _,
            SampleVerdict.Failed _,
            SampleVerdict.Parked _ ->
            Optional.empty();
      };
    }

    @Override
    public ChatRequest request(int ask, Optional<String> complaint) {
      return Prompting.sample(spec, drawn.task(), model, drawn.caption(), complaint);
    }
  }
}
