package dev.alicorn.engine.kill;

import dev.alicorn.config.BuiltinJobs;
import dev.alicorn.engine.job.Job;
import dev.alicorn.engine.job.JobEnd;
import dev.alicorn.engine.job.JobSetup;
import dev.alicorn.engine.journal.Scratch;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.Http;

/// Quick starts at a scripted endpoint on machines whose power fails several times before they are
/// completed.
public final class QuickStartPowerCuts {
  private static final JobShape SHAPE = new JobShape(16, 2, false, 4);
  private static final Duration LATENCY = Duration.ofMillis(4);
  private static final int FAILURES_MAX = 8;

  /// About half of what an undisturbed job has.
  private static final int MOMENTS = 100;

  private final Path scratch;
  private final Undisturbed undisturbed;

  private QuickStartPowerCuts(Path scratch, Undisturbed undisturbed) {
    this.scratch = scratch;
    this.undisturbed = undisturbed;
  }

  /// Runs jobs one after the other, the first by the seed, each other by the next one, until one
  /// breaks a promise: the last one's seed is known by their number.
  ///
  /// @param scratch an empty folder, which is empty again at the end
  /// @throws IllegalStateException when one broke a promise that no figure counts; its message has
  ///   the job's seed
  public static PowerCutFigures jobs(long firstSeed, int jobs, Path scratch) throws Exception {
    QuickStartPowerCuts ground = new QuickStartPowerCuts(scratch, undisturbed(scratch));
    PowerCutFigures figures = PowerCutFigures.NONE;
    for (long seed = firstSeed; seed < firstSeed + jobs && figures.costs().good(); seed++) {
      try {
        // Random draws nearly the same from seeds that follow each other.
        figures = figures.plus(ground.job(new Random(new SplittableRandom(seed).nextLong())));
      } catch (Exception e) {
        throw new IllegalStateException("the job of seed " + seed + " failed", e);
      }
    }
    return figures;
  }

  private PowerCutFigures job(Random random) throws Exception {
    Path disks = Scratch.fresh(scratch.resolve("job"));
    try (ScriptedEndpoint endpoint =
            ScriptedEndpoint.scripted().answeringAfter(LATENCY, 0.5).start();
        Actors actors = new Actors()) {
      KillAccount account = new KillAccount(SHAPE, PowerCutJob.BARRIER_RECORDS, endpoint.ledger());
      PowerCutJob job = new PowerCutJob(() -> new Around(actors.system(), endpoint), disks, random);
      long inExport = 0;
      for (int failures = 0; !job.completed(); ) {
        PowerFailure when =
            failures < FAILURES_MAX ? PowerFailure.draw(random, MOMENTS) : new PowerFailure.None();
        if (job.live(when)) {
          failures++;
          inExport += when instanceof PowerFailure.InExport ? 1 : 0;
          account.cutOff(job.inRecovery());
        }
        account.stock(JournalFold.of(job.journal()), job.acknowledged());
      }
      KillFigures figures =
          account.ofCompleted(
              JournalFold.of(job.journal()),
              Outcomes.of(job.dataset()),
              undisturbed.equalsDataset(job.dataset()));
      Scratch.delete(disks);
      return new PowerCutFigures(figures, inExport);
    }
  }

  private static Undisturbed undisturbed(Path scratch) throws Exception {
    Path folder = Scratch.fresh(scratch.resolve("undisturbed"));
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start();
        Actors actors = new Actors()) {
      JobSetup setup = new Around(actors.system(), endpoint).setup(folder);
      CompletableFuture<JobEnd> end = new CompletableFuture<>();
      ActorRef<Job.Command> _ =
          actors.system().systemActorOf(Job.open(setup, end), "job", Props.empty());
      end.get();
      Undisturbed made = Undisturbed.of(setup.journalFolder(), setup.datasetFolder());
      Scratch.delete(folder);
      return made;
    }
  }

  /// The actor system of a job on all its machines.
  private record Actors(ActorSystem<Void> system) implements AutoCloseable {
    Actors() {
      this(ActorSystem.create(Behaviors.empty(), "power-cut"));
    }

    @Override
    public void close() {
      Http.get(system).shutdownAllConnectionPools().toCompletableFuture().join();
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }
  }

  private record Around(ActorSystem<Void> system, ScriptedEndpoint endpoint)
      implements PowerCutJob.Surroundings {
    @Override
    public JobSetup setup(Path folder) {
      return ScriptedSetup.of(
          system, BuiltinJobs.quickStart(), folder, endpoint.url(), SHAPE.inFlightMax());
    }

    @Override
    public void close() {}
  }
}
