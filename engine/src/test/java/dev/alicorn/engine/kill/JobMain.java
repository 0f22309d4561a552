package dev.alicorn.engine.kill;

import dev.alicorn.config.JobFile;
import dev.alicorn.engine.job.Job;
import dev.alicorn.engine.job.JobEnd;
import dev.alicorn.engine.job.JobSetup;
import dev.alicorn.engine.job.StoredJob;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// A process that runs the job of a folder, or goes on with it: `JobMain FOLDER URL IN_FLIGHT`.
///
/// It prints `opening` before it touches the journal, `working` when its calls begin, and
/// `completed` or `paused` at the end.
final class JobMain {
  private JobMain() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    JobFile job = JobFile.load(folder.resolve("job.conf"));
    int inFlightMax = Integer.parseInt(arguments[2]);
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "killed");
    System.out.println("opening");
    if (isCompleted(folder.resolve("job"))) {
      end("completed");
    }
    JobSetup setup =
        ScriptedSetup.of(system, job.spec(), folder, URI.create(arguments[1]), inFlightMax);
    CompletableFuture<JobEnd> end = new CompletableFuture<>();
    Behavior<Job.Command> behavior = Job.open(setup, end);
    System.out.println("working");
    ActorRef<Job.Command> _ = system.systemActorOf(behavior, "job", Props.empty());
    end(
        switch (end.get()) {
          case JobEnd.Completed _ -> "completed";
          case JobEnd.Paused paused -> "paused " + paused.detail();
          case JobEnd other -> throw new IllegalStateException("nobody told it to: " + other);
        });
  }

  /// A job whose journal was killed before its first fact is none.
  static boolean isCompleted(Path job) throws Exception {
    if (Files.notExists(job.resolve("journal/0001"))) {
      return false;
    }
    Optional<StoredJob> stored = StoredJob.read(job);
    return stored.isPresent() && !stored.get().life().resumable();
  }

  private static void end(String how) {
    System.out.println(how);
    System.exit(0);
  }
}
