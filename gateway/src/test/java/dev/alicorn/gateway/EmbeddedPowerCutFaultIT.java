package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.config.DeploymentFile;
import dev.alicorn.config.JobFile;
import dev.alicorn.engine.job.JobSetup;
import dev.alicorn.engine.journal.Ballast;
import dev.alicorn.engine.journal.DeadJournal;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.kill.PowerCutJob;
import dev.alicorn.engine.kill.PowerFailure;
import dev.alicorn.engine.validate.Finding;
import dev.alicorn.engine.validate.Validation;
import dev.alicorn.engine.validate.Validator;
import dev.alicorn.gateway.wiring.Workplace;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JournalEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The quick start's seeds at the embedded model and with the built-in encoder, on a machine that
/// loses its power again and again: the job is completed, nothing acknowledged is lost, and its
/// dataset is valid.
class EmbeddedPowerCutFaultIT {
  // A third of what the job has.
  private static final int MOMENTS = 120;

  @TempDir private Path folder = Path.of("");

  @Test
  void aJobAtTheEmbeddedModelSurvivesPowerCuts() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    JobFile file = jobFile();
    PowerCutJob job = new PowerCutJob(() -> Around.open(file), folder.resolve("disks"), random);

    List<JournalEvent> before = List.of();
    List<PowerFailure> failures =
        List.of(
            new PowerFailure.AtMoment(1 + random.nextInt(MOMENTS)),
            new PowerFailure.AtMoment(1 + random.nextInt(MOMENTS)),
            new PowerFailure.InExport(1 + random.nextInt(PowerFailure.EXPORT_ENTRIES)),
            new PowerFailure.None());
    int failed = 0;
    for (PowerFailure failure : failures) {
      if (!job.completed()) {
        failed += job.live(failure) ? 1 : 0;
        before = acknowledged(job, before, seed);
      }
    }

    assertThat(job.completed()).as("seed %d", seed).isTrue();
    assertThat(failed).as("seed %d: %s", seed, failures).isGreaterThan(1);
    List<Finding> findings = new ArrayList<>();
    Validation validation = Validator.validate(job.dataset(), findings::add);
    assertThat(findings).as("seed %d", seed).isEmpty();
    assertThat(validation.embeddings()).as("seed %d: %s", seed, validation).isPositive();
  }

  /// The quick start, with answers short enough for a test.
  private JobFile jobFile() throws Exception {
    Path conf = folder.resolve("job.conf");
    Files.writeString(
        conf,
        """
        name = embedded
        seeds = [ { builtin = quick-start } ]
        caption { max_tokens = 24 }
        instruct { max_tokens = 300, tasks { i_spy { count = 1, folder = "%s" } } }
        filters { action = report }
        """
            .formatted(Path.of("../docs/examples/own-task/tasks/i_spy").toRealPath()));
    return JobFile.load(conf);
  }

  /// The facts that there are, of which the first are those that were acknowledged before.
  private static List<JournalEvent> acknowledged(
      PowerCutJob job, List<JournalEvent> before, long seed) throws JournalException {
    List<JournalEvent> facts = new ArrayList<>();
    if (Files.exists(job.journal())) {
      try (JournalCursor cursor = DeadJournal.open(job.journal())) {
        for (JournalEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
          facts.add(entry.event());
        }
      }
    }
    int owed = Math.toIntExact(job.acknowledged());
    assertThat(facts).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(owed);
    int known = Math.min(owed, before.size());
    assertThat(facts.subList(0, known)).as("seed %d", seed).isEqualTo(before.subList(0, known));
    return facts;
  }

  /// All of a process: the model's own ends with it.
  private record Around(JobFile file, Workplace workplace) implements PowerCutJob.Surroundings {
    static Around open(JobFile file) throws Exception {
      return new Around(
          file,
          Workplace.forJob(
              DeploymentFile.defaults(),
              new ModelStore(ModelStore.defaultFolder(System.getenv())),
              file.spec(),
              Progress.NONE));
    }

    @Override
    public ActorSystem<?> system() {
      return workplace.system();
    }

    @Override
    public JobSetup setup(Path disk) throws Exception {
      return workplace.setup(
          workplace.equip(file.spec()),
          new JobId("embedded"),
          file,
          disk.resolve("job"),
          disk.resolve("dataset"),
          Ballast.in(disk),
          "test");
    }

    @Override
    public void close() {
      workplace.close();
    }
  }
}
