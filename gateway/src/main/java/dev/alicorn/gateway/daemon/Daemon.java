package dev.alicorn.gateway.daemon;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.Deployment;
import dev.alicorn.config.JobFile;
import dev.alicorn.config.RecipeFile;
import dev.alicorn.config.ResumeJson;
import dev.alicorn.engine.dataset.DatasetFormats;
import dev.alicorn.engine.job.BindingException;
import dev.alicorn.engine.job.StoredJob;
import dev.alicorn.engine.journal.Ballast;
import dev.alicorn.engine.journal.DataFolderLock;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.records.RecentRecords;
import dev.alicorn.engine.seed.SeedReader;
import dev.alicorn.engine.state.JobLife;
import dev.alicorn.gateway.wiring.EndpointView;
import dev.alicorn.gateway.wiring.JobFolders;
import dev.alicorn.gateway.wiring.UnavailableException;
import dev.alicorn.gateway.wiring.Workplace;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.Recipe;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The jobs of a data folder, run side by side for as long as the daemon lives.
///
/// It holds the folder's lock. When it starts it goes on with every job that was not paused by
/// anybody; when it stops, calls in flight end and their replies are kept. Thread-safe.
public final class Daemon implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(2);
  private static final Comparator<HostedJob> NEWEST_FIRST =
      Comparator.comparing((HostedJob job) -> job.stored().createdAt())
          .thenComparing(job -> job.id().value())
          .reversed();

  private final DataFolderLock lock;
  private final JobFolders folders;
  private final Workplace workplace;
  private final JobStarts starts;
  private final Map<JobId, HostedJob> jobs = new ConcurrentHashMap<>();
  private final IdempotencyKeys keys;
  private final Replays replays;
  private final ExecutorService recovery = Executors.newVirtualThreadPerTaskExecutor();
  private Cancellable looking = Cancellable.alreadyCancelled();

  private Daemon(
      DataFolderLock lock,
      JobFolders folders,
      Workplace workplace,
      JobStarts starts,
      IdempotencyKeys keys,
      Replays replays) {
    this.lock = lock;
    this.folders = folders;
    this.workplace = workplace;
    this.starts = starts;
    this.keys = keys;
    this.replays = replays;
  }

  /// Takes a data folder over, and goes on with its jobs in the background.
  ///
  /// @param version of this program
  /// @throws JournalException when another process has the folder
  public static Daemon open(
      Deployment deployment,
      JobFolders folders,
      ModelStore models,
      Progress downloads,
      String version)
      throws ConfigException, UnavailableException, JournalException, IOException {
    DataFolderLock lock = DataFolderLock.acquire(folders.root());
    try {
      Ballast ballast = Ballast.in(folders.root());
      ballast.take(deployment.journal().reserveBytes());
      Workplace workplace = Workplace.forAll(deployment, models, downloads);
      Daemon daemon =
          new Daemon(
              lock,
              folders,
              workplace,
              new JobStarts(folders, workplace, ballast, version),
              IdempotencyKeys.of(folders),
              new Replays(folders, version));
      daemon.recover();
      daemon.keepLooking();
      return daemon;
    } catch (ConfigException | UnavailableException | IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private void recover() {
    for (StoredJob stored : folders.all(LOG::warn)) {
      HostedJob job = new HostedJob(stored, new RecentRecords());
      jobs.put(stored.id(), job);
      if (stored.life().phase() == JobLife.Phase.UNFINISHED) {
        recovery.execute(() -> starts.takeUp(job));
      }
    }
  }

  /// Asks the running jobs again and again how far they are, for those who list them and for their
  /// histories.
  private void keepLooking() {
    looking =
        system()
            .scheduler()
            .scheduleWithFixedDelay(
                LOOK_INTERVAL,
                LOOK_INTERVAL,
                () -> jobs.values().forEach(HostedJob::note),
                system().executionContext());
  }

  public ActorSystem<SpawnProtocol.Command> system() {
    return workplace.system();
  }

  public JobFolders folders() {
    return folders;
  }

  /// The job of an id, if there is one.
  public Optional<HostedJob> job(JobId id) {
    return Optional.ofNullable(jobs.get(id));
  }

  /// Some jobs of a longer list.
  ///
  /// @param next what the rest comes behind, if there is one
  public record Page(List<JobView> jobs, Optional<JobId> next) {}

  /// Jobs, the newest first, as they are known without asking them.
  ///
  /// @param state that they are in
  /// @param after the job that they come behind
  public Page jobs(Optional<JobView.State> state, int max, Optional<HostedJob> after) {
    List<JobView> rest =
        jobs.values().stream()
            .filter(job -> after.isEmpty() || NEWEST_FIRST.compare(after.get(), job) < 0)
            .sorted(NEWEST_FIRST)
            .map(HostedJob::view)
            .filter(job -> state.isEmpty() || state.get() == job.state())
            .limit(max + 1L)
            .toList();
    List<JobView> page = rest.subList(0, Math.min(max, rest.size()));
    return new Page(page, rest.size() > max ? Optional.of(page.getLast().id()) : Optional.empty());
  }

  /// How many jobs are in a state.
  public long count(JobView.State state) {
    return jobs.values().stream().filter(job -> job.view().state() == state).count();
  }

  /// The jobs that are not over.
  public List<JobView> unfinished() {
    return jobs.values().stream()
        .map(HostedJob::view)
        .filter(job -> !job.state().isFinal())
        .toList();
  }

  /// Begins a job; when this returns, it is durable and runs.
  ///
  /// @param key under which the same request gives the same job
  /// @throws ConfigException when this deployment has not what the job names, or there is no such
  ///   format
  /// @throws ConflictException when the key belongs to another job
  /// @throws UnservedException when it has it and it is not there
  public JobView submit(JobFile job, Optional<String> key)
      throws ConfigException,
          ConflictException,
          UnservedException,
          JournalException,
          IOException,
          InterruptedException {
    if (!job.spec().isStreamed()) {
      SeedReader.check(job.spec().seeds(), job.folder());
    }
    DatasetFormats.named(job.spec().dataset().formats(), job.spec().embed().encoder().isPresent());
    Workplace.Equipment equipment = starts.equip(job.spec());
    synchronized (keys) {
      Optional<JobId> known = key.flatMap(keys::find);
      if (known.isPresent() && isBegun(known.get())) {
        return same(known.get(), job);
      }
      JobId id = known.orElseGet(() -> folders.newId(job.spec().name()));
      if (key.isPresent() && known.isEmpty()) {
        keys.put(key.get(), id);
      }
      HostedJob begun = starts.begin(id, job, equipment);
      jobs.put(id, begun);
      return begun.view();
    }
  }

  /// Whether a job is there: a kill may have come between its key and its first fact, before
  /// anybody was told of it.
  private boolean isBegun(JobId id) throws ConfigException {
    if (jobs.containsKey(id)) {
      return true;
    }
    try {
      return StoredJob.read(folders.folder(id)).isPresent();
    } catch (JournalException _) {
      // It is damaged, and was.
      return true;
    }
  }

  private JobView same(JobId id, JobFile job) throws ConflictException {
    HostedJob known = jobs.get(id);
    if (known == null || !known.stored().spec().equals(job.spec())) {
      throw new ConflictException(
          "the Idempotency-Key was sent before with another job; send a new one");
    }
    return known.view();
  }

  /// Goes on with a paused job; nothing where it runs.
  ///
  /// @param terms JSON with its caps from here on; those that it leaves out are as they were
  /// @throws BindingException when an endpoint or the encoder is not the one that the job began
  ///   with
  public void resume(HostedJob job, String terms)
      throws ConfigException,
          ConflictException,
          UnservedException,
          JournalException,
          BindingException,
          InterruptedException {
    starts.resume(job, ResumeJson.budget(terms, job.spec()));
  }

  /// Cancels a job for good; what its journal holds stays.
  public void cancel(HostedJob job) throws ConflictException, JournalException {
    starts.cancel(job);
  }

  /// Asks for another dataset of a job's journal.
  ///
  /// @param recipe JSON of what differs from the job's own
  /// @param until the last fact to go by
  /// @param name of the dataset; `replay-` and the first free number where empty
  public ReplayView replay(HostedJob job, String recipe, OptionalLong until, Optional<String> name)
      throws ConfigException, ConflictException, TooManyException {
    Recipe changed = RecipeFile.parseJson(recipe, "recipe", job.spec());
    DatasetFormats.named(changed.dataset().formats(), job.spec().embed().encoder().isPresent());
    return replays.begin(job.id(), changed, until, name);
  }

  /// The replays that were asked for since the daemon started.
  public Replays replays() {
    return replays;
  }

  /// How the deployment's endpoints are.
  public CompletionStage<List<EndpointView>> endpoints() {
    return workplace.endpoints();
  }

  /// Takes an endpoint in again that was out of service; false where there is none of that name.
  public boolean resetEndpoint(String name) {
    return workplace.reset(name);
  }

  /// Why a job that is submitted now would not run; empty where it would.
  public CompletionStage<Optional<String>> unready() {
    if (starts.isEnded()) {
      return CompletableFuture.completedStage(Optional.of("the daemon stops"));
    }
    Optional<String> shortage;
    try {
      shortage = workplace.disk().shortage(folders.root(), false);
    } catch (IOException e) {
      shortage = Optional.of("the free space of " + folders.root() + " cannot be read: " + e);
    }
    return shortage.isPresent()
        ? CompletableFuture.completedStage(shortage)
        : endpoints().thenApply(Daemon::outOfService);
  }

  private static Optional<String> outOfService(List<EndpointView> endpoints) {
    List<String> out =
        endpoints.stream().flatMap(endpoint -> endpoint.snapshot().out().stream()).toList();
    return out.size() == endpoints.size() && !out.isEmpty()
        ? Optional.of("no endpoint is in service: " + String.join("; ", out))
        : Optional.empty();
  }

  /// Stops: calls in flight end, every job is left where it is, and goes on at the next start.
  @Override
  public void close() {
    starts.end();
    looking.cancel();
    recovery.shutdownNow();
    recovery.close();
    replays.close();
    CompletableFuture.allOf(
            jobs.values().stream()
                .map(job -> job.leave().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new))
        .join();
    workplace.close();
    lock.close();
  }
}
