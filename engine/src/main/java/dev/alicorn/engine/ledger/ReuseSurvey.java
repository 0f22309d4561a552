package dev.alicorn.engine.ledger;

import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.judge.Bindings;
import dev.alicorn.engine.judge.Draw;
import dev.alicorn.engine.judge.Judge;
import dev.alicorn.engine.judge.Selection;
import dev.alicorn.engine.prompt.CallKeys;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.engine.prompt.Prompting;
import dev.alicorn.engine.reuse.Reuse;
import dev.alicorn.engine.seed.SeedReader;
import dev.alicorn.engine.seed.SeedRow;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.TaskName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/// The calls of a job that the journals of other jobs will answer, found as the job itself will
/// find them: by the call keys of its first asks, those of its samples over the captions that are
/// reused.
///
/// What it cannot see is left out: second asks, and samples that are drawn in the place of others.
public final class ReuseSurvey {
  private final JobSpec spec;
  private final Bindings bindings;
  private final Reuse reuse;
  private final Judge judge;
  private final Ledger ledger;

  /// @param bindings what the endpoints' names will stand for
  public ReuseSurvey(JobSpec spec, Bindings bindings, Reuse reuse) {
    this.spec = spec;
    this.bindings = bindings;
    this.reuse = reuse;
    this.judge = new Judge(spec.recipe(), bindings);
    this.ledger = new Ledger(bindings);
  }

  /// What the replies found come to, as the ledger of the job will have them.
  ///
  /// @param seeds how many seeds there are
  /// @param baseFolder what relative file names are relative to
  public Statement over(long seeds, Path baseFolder) throws IOException, JournalException {
    Draw draw = Draw.over(seeds, spec.randomSeed(), spec.instruct().counts());
    Selection selection = new Selection(draw);
    try (SeedReader rows = new SeedReader(spec.seeds(), baseFolder)) {
      long ordinal = 0;
      while (rows.hasNext()) {
        if (rows.next() instanceof SeedRow.Seed seed) {
          RecordId record = new RecordId(++ordinal);
          Optional<String> caption = caption(record, seed.text());
          if (caption.isPresent() && selection.wanted(record)) {
            sample(record, draw.taskOf(record).orElseThrow(), caption.get());
          }
        }
      }
    }
    return ledger.statement();
  }

  private Optional<String> caption(RecordId record, String seed) throws JournalException {
    EndpointBound endpoint = endpoint(spec.caption().endpoint());
    ChatRequest request =
        Prompting.caption(spec.caption(), endpoint.model(), seed, Optional.empty());
    return find(record, Stage.CAPTION, request, endpoint).flatMap(judge::captionOf);
  }

  private void sample(RecordId record, TaskName task, String caption) throws JournalException {
    EndpointBound endpoint = endpoint(spec.instruct().endpoint());
    ChatRequest request =
        Prompting.sample(spec.instruct(), task, endpoint.model(), caption, Optional.empty());
    find(record, task.stage(), request, endpoint);
  }

  private Optional<LlmReplied> find(
      RecordId record, Stage stage, ChatRequest request, EndpointBound endpoint)
      throws JournalException {
    Optional<LlmReplied> found =
        reuse
            .find(CallKeys.of(stage, endpoint.wire(), request, 0), record)
            .map(reply -> Reuse.copy(reply, record, 0, endpoint.endpoint()));
    found.ifPresent(ledger::add);
    return found;
  }

  private EndpointBound endpoint(String name) {
    return Objects.requireNonNull(bindings.endpoints().get(name), name);
  }
}
