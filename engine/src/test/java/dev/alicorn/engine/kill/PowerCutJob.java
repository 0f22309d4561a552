package dev.alicorn.engine.kill;

import dev.alicorn.engine.job.Job;
import dev.alicorn.engine.job.JobEnd;
import dev.alicorn.engine.job.JobSetup;
import dev.alicorn.engine.job.JobSetup.ServedEndpoint;
import dev.alicorn.engine.journal.JournalSettings;
import dev.alicorn.engine.journal.Scratch;
import dev.alicorn.engine.journal.SimulatedMachine;
import dev.alicorn.engine.llm.LimitSignals;
import dev.alicorn.engine.llm.LlmAnswer;
import dev.alicorn.engine.llm.LlmClient;
import dev.alicorn.engine.llm.Probe;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.FailureCause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;

/// A job that is run on machines whose power fails, each with what the one before has left on its
/// disk, until it is completed.
public final class PowerCutJob {
  /// Few, so that a bound on what a failure may cost says something.
  static final int BARRIER_RECORDS = 4;

  private static final long END_SECONDS_MAX = 300;
  private static final String DATASET = "dataset";

  private final Callable<Surroundings> surroundings;
  private final Path scratch;
  private final Random random;
  private Path folder;
  private int machines;
  private long acknowledged;
  private boolean inRecovery;
  private boolean completed;

  /// What a job needs around it while the power is on.
  public interface Surroundings extends AutoCloseable {
    ActorSystem<?> system();

    /// The setup of the job whose own folder is `job` and whose dataset is `dataset`.
    JobSetup setup(Path folder) throws Exception;

    /// Comes behind the failure, too, when nothing is in flight any more.
    @Override
    void close();
  }

  /// @param scratch an empty folder for the machines' disks
  public PowerCutJob(Callable<Surroundings> surroundings, Path scratch, Random random)
      throws IOException {
    this.surroundings = surroundings;
    this.scratch = scratch;
    this.random = random;
    this.folder = Scratch.fresh(scratch.resolve("disk-0"));
  }

  /// Runs it until the power fails or it is completed.
  ///
  /// @return whether the power has failed
  public boolean live(PowerFailure when) throws Exception {
    if (JobMain.isCompleted(folder.resolve("job"))) {
      completed = true;
      return false;
    }
    int moments = when instanceof PowerFailure.AtMoment(int number) ? number : 0;
    SimulatedMachine machine =
        new SimulatedMachine(
            folder, folder.resolve(DATASET), settings(), random, moments, acknowledged);
    try {
      run(machine, when);
      completed = machine.isOn();
    } catch (TimeoutException e) {
      throw e;
    } catch (Exception e) {
      if (machine.isOn()) {
        throw e;
      }
    }
    acknowledged = machine.owed();
    if (machine.isOn()) {
      return false;
    }
    Path before = folder;
    folder = Scratch.fresh(scratch.resolve("disk-" + ++machines));
    machine.writeLeft(folder);
    Scratch.delete(before);
    return true;
  }

  private JournalSettings settings() {
    Duration marker = random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(1);
    return new JournalSettings(BARRIER_RECORDS, Duration.ofMillis(50), 65_536, marker, 0);
  }

  private void run(SimulatedMachine machine, PowerFailure when) throws Exception {
    inRecovery = true;
    Queue<CompletableFuture<?>> calls = new ConcurrentLinkedQueue<>();
    try (Surroundings around = surroundings.call()) {
      try {
        runToEnd(around, on(machine, around.setup(folder), calls), machine, when);
      } finally {
        // What is in flight when the power fails is answered, and nobody hears it.
        CompletableFuture.allOf(calls.toArray(CompletableFuture<?>[]::new))
            .get(END_SECONDS_MAX, TimeUnit.SECONDS);
      }
    }
  }

  private void runToEnd(
      Surroundings around, JobSetup setup, SimulatedMachine machine, PowerFailure when)
      throws Exception {
    CompletableFuture<JobEnd> end = new CompletableFuture<>();
    Behavior<Job.Command> behavior = Job.open(setup, end);
    inRecovery = false;
    ActorRef<Job.Command> _ =
        around.system().systemActorOf(behavior, "job-" + folder.getFileName(), Props.empty());
    if (when instanceof PowerFailure.InExport(int entries)) {
      failInExport(machine, end, entries);
    }
    JobEnd how = end.get(END_SECONDS_MAX, TimeUnit.SECONDS);
    if (!(how instanceof JobEnd.Completed)) {
      throw new IllegalStateException("the job is not completed: " + how);
    }
  }

  private void failInExport(SimulatedMachine machine, CompletableFuture<JobEnd> end, int entries)
      throws Exception {
    while (machine.isOn() && !endsWithinAMoment(end)) {
      if (entriesOfExport() >= entries) {
        machine.fail();
      }
    }
  }

  private int entriesOfExport() {
    String[] siblings = folder.toFile().list();
    for (String sibling : siblings == null ? new String[0] : siblings) {
      if (sibling.startsWith("." + DATASET + ".partial-")) {
        String[] entries = folder.resolve(sibling).toFile().list();
        return entries == null ? 0 : entries.length;
      }
    }
    return 0;
  }

  private static boolean endsWithinAMoment(CompletableFuture<JobEnd> end)
      throws InterruptedException {
    try {
      end.get(1, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException _) {
      return true;
    }
  }

  private static JobSetup on(
      SimulatedMachine machine, JobSetup setup, Queue<CompletableFuture<?>> calls) {
    Map<String, ServedEndpoint> endpoints = new LinkedHashMap<>();
    setup
        .endpoints()
        .forEach((name, served) ->
            endpoints.put(
                name,
                new ServedEndpoint(
                    served.pool(),
                    new Wired(served.client(), machine, calls),
                    served.bound(),
                    served.inFlightMax())));
    return new JobSetup(
        setup.id(),
        setup.spec(),
        setup.baseFolder(),
        setup.folder(),
        setup.datasetFolder(),
        machine,
        endpoints,
        setup.pools(),
        setup.encoder(),
        setup.disk(),
        setup.factsPerSnapshot(),
        setup.version());
  }

  /// A client that sends nothing when the power has failed.
  ///
  /// @param calls takes those that were sent
  private record Wired(
      LlmClient client, SimulatedMachine machine, Queue<CompletableFuture<?>> calls)
      implements LlmClient {
    private static final LlmAnswer.Attempt NOT_SENT =
        new LlmAnswer.Failed(
            FailureCause.NOT_SENT,
            0,
            "the power has failed",
            Bytes.EMPTY,
            LimitSignals.NONE,
            Duration.ZERO);

    @Override
    public CompletionStage<LlmAnswer.Attempt> call(ChatRequest request) {
      if (!machine.isOn()) {
        return CompletableFuture.completedFuture(NOT_SENT);
      }
      CompletableFuture<LlmAnswer.Attempt> call = client.call(request).toCompletableFuture();
      calls.add(call);
      return call;
    }

    @Override
    public CompletionStage<Probe> probe() {
      return client.probe();
    }
  }

  public boolean completed() {
    return completed;
  }

  /// Whether the power failed before the journal was read back.
  public boolean inRecovery() {
    return inRecovery;
  }

  /// How many facts were acknowledged when the power failed last, or at the end.
  public long acknowledged() {
    return acknowledged;
  }

  public Path journal() {
    return folder.resolve("job/journal");
  }

  public Path dataset() {
    return folder.resolve(DATASET);
  }
}
