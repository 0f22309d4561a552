package dev.alicorn.engine.kill;

import dev.alicorn.config.JobFile;
import dev.alicorn.engine.encoder.EncoderClient;
import dev.alicorn.engine.job.DiskReserve;
import dev.alicorn.engine.job.HashingEncoder;
import dev.alicorn.engine.job.Job;
import dev.alicorn.engine.job.JobEnd;
import dev.alicorn.engine.job.JobSetup;
import dev.alicorn.engine.job.StoredJob;
import dev.alicorn.engine.journal.JournalSettings;
import dev.alicorn.engine.llm.EndpointDraft;
import dev.alicorn.engine.llm.EndpointPool;
import dev.alicorn.engine.llm.EndpointSettings;
import dev.alicorn.engine.llm.LlmProviders;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.Price;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  // A snapshot at each start, so that kills meet it and what follows goes on from it.
  private static final int FACTS_PER_SNAPSHOT = 1;
  private static final Price PRICE =
      new Price(new BigDecimal("0.10"), new BigDecimal("0.10"), new BigDecimal("0.40"), "USD");
  private static final int DIMENSION = 8;

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
    EndpointSettings settings =
        EndpointDraft.at(() -> URI.create(arguments[1]))
            .inFlight(inFlightMax)
            .withDeadline(Duration.ofSeconds(60))
            .settings();
    ActorRef<EndpointPool.Command> pool =
        system.systemActorOf(
            EndpointPool.of(List.of(settings), System::nanoTime, 1), "pool", Props.empty());
    JobSetup setup =
        new JobSetup(
            new JobId("killed"),
            job.spec(),
            job.folder(),
            folder.resolve("job"),
            folder.resolve("dataset"),
            JournalSettings.DEFAULT,
            Map.of(
                "scripted",
                new JobSetup.ServedEndpoint(
                    pool,
                    LlmProviders.client(settings, system),
                    EndpointDraft.bound(settings, PRICE),
                    inFlightMax)),
            Map.of(),
            job.spec().embed().encoder().<EncoderClient>map(_ -> new HashingEncoder(DIMENSION, "")),
            DiskReserve.of(0),
            FACTS_PER_SNAPSHOT,
            "test");
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
  private static boolean isCompleted(Path job) throws Exception {
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
