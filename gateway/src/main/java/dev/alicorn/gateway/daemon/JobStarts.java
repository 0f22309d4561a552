package dev.alicorn.gateway.daemon;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.JobFile;
import dev.alicorn.engine.job.BindingException;
import dev.alicorn.engine.job.Job;
import dev.alicorn.engine.job.JobEnd;
import dev.alicorn.engine.job.JobSetup;
import dev.alicorn.engine.job.StoredJob;
import dev.alicorn.engine.journal.Ballast;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.records.RecentRecords;
import dev.alicorn.gateway.wiring.Encoders;
import dev.alicorn.gateway.wiring.JobFolders;
import dev.alicorn.gateway.wiring.Spawning;
import dev.alicorn.gateway.wiring.UnavailableException;
import dev.alicorn.gateway.wiring.Workplace;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.llama.LlamaUnavailableException;
import dev.alicorn.gpuworker.model.ModelException;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Begins jobs, and goes on with those that stopped: each is an actor that works with what the
/// workplace has. Thread-safe.
final class JobStarts {
  private static final Logger LOG = LoggerFactory.getLogger(JobStarts.class);

  /// Longer than a worker process takes to start on a slow machine, shorter than clients wait for
  /// an answer.
  private static final Duration ENCODER_WITHIN = Duration.ofSeconds(20);

  private final JobFolders folders;
  private final Workplace workplace;
  private final Ballast ballast;
  private final String version;
  private volatile boolean ended;

  /// @param version of this program
  JobStarts(JobFolders folders, Workplace workplace, Ballast ballast, String version) {
    this.folders = folders;
    this.workplace = workplace;
    this.ballast = ballast;
    this.version = version;
  }

  /// Whatever a job names, made ready for somebody who waits for an answer.
  ///
  /// @throws ConfigException when this deployment has it not
  /// @throws UnservedException when it has it and it is not there
  /// @throws ConflictException when nothing is started any more
  Workplace.Equipment equip(JobSpec spec)
      throws ConfigException, ConflictException, UnservedException, InterruptedException {
    return equip(spec, ENCODER_WITHIN);
  }

  private Workplace.Equipment equip(JobSpec spec, Duration encoderWithin)
      throws ConfigException, ConflictException, UnservedException, InterruptedException {
    if (ended) {
      throw new ConflictException("the daemon stops; ask again when it is back");
    }
    try {
      return workplace.equip(spec, encoderWithin);
    } catch (UnavailableException | ModelException | LlamaUnavailableException e) {
      throw new UnservedException(PauseReason.ENDPOINT, e);
    } catch (EncoderException e) {
      throw new UnservedException(PauseReason.ENCODER, e);
    }
  }

  /// Begins a new job; when this returns, it is durable and runs.
  HostedJob begin(JobId id, JobFile job, Workplace.Equipment equipment)
      throws JournalException, ConfigException {
    JobSetup setup = setup(id, job, equipment);
    CompletableFuture<JobEnd> end = new CompletableFuture<>();
    RecentRecords recent = new RecentRecords();
    Behavior<Job.Command> behavior;
    try {
      behavior = Job.open(setup, recent, end);
    } catch (BindingException e) {
      throw new IllegalStateException("a new job was bound before", e);
    }
    HostedJob hosted = new HostedJob(StoredJob.read(setup.folder()).orElseThrow(), recent);
    run(hosted, setup, behavior, end);
    return hosted;
  }

  /// Goes on with a job that stands still; nothing where it runs.
  ///
  /// @param budget its caps from here on
  /// @throws BindingException when an endpoint or the encoder is not the one that the job began
  ///   with
  void resume(HostedJob job, JobSpec.Budget budget)
      throws ConfigException,
          ConflictException,
          UnservedException,
          JournalException,
          BindingException,
          InterruptedException {
    resume(job, budget, ENCODER_WITHIN);
  }

  private void resume(HostedJob job, JobSpec.Budget budget, Duration encoderWithin)
      throws ConfigException,
          ConflictException,
          UnservedException,
          JournalException,
          BindingException,
          InterruptedException {
    synchronized (job.stored()) {
      if (!job.isStartable()) {
        return;
      }
      JobSpec spec = job.spec().within(budget);
      JobSetup setup =
          setup(job.id(), new JobFile(spec, job.stored().baseFolder()), equip(spec, encoderWithin));
      CompletableFuture<JobEnd> end = new CompletableFuture<>();
      run(job, setup, Job.open(setup, job.recent(), end), end);
    }
  }

  /// Goes on with a job of an earlier daemon; where that cannot be, the job says why.
  void takeUp(HostedJob job) {
    try {
      resume(job, job.spec().budget(), Encoders.WORKER_COMES_WITHIN);
    } catch (UnservedException e) {
      job.paused(e.reason(), String.valueOf(e.getMessage()));
    } catch (ConfigException | BindingException e) {
      job.paused(PauseReason.USER, String.valueOf(e.getMessage()));
    } catch (ConflictException e) {
      LOG.info("job {} is not taken up: {}", job.id(), e.getMessage());
    } catch (JournalException e) {
      job.failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("job {} cannot go on", job.id(), e);
      job.failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Cancels a job for good, whether it runs or not.
  void cancel(HostedJob job) throws ConflictException, JournalException {
    synchronized (job.stored()) {
      if (!job.cancel()) {
        Job.cancelStopped(
            job.stored().folder().resolve("journal"), workplace.journal(ballast), version);
        job.cancelled();
      }
    }
  }

  private void run(
      HostedJob job,
      JobSetup setup,
      Behavior<Job.Command> behavior,
      CompletableFuture<JobEnd> end) {
    ActorRef<Job.Command> actor = Spawning.spawn(workplace.system(), behavior, "job-" + setup.id());
    job.started(setup, new JobRun(actor, end, workplace.system()));
  }

  private JobSetup setup(JobId id, JobFile job, Workplace.Equipment equipment) {
    return workplace.setup(
        equipment,
        id,
        job,
        folders.folder(id),
        folders.datasets(id).resolve(id.value()),
        ballast,
        version);
  }

  /// Starts nothing from now on.
  void end() {
    ended = true;
  }

  boolean isEnded() {
    return ended;
  }
}
