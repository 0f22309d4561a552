package dev.alicorn.gateway.daemon;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.Deployment;
import dev.alicorn.config.JobFile;
import dev.alicorn.config.RecipeFile;
import dev.alicorn.config.ResumeJson;
import dev.alicorn.engine.job.BindingException;
import dev.alicorn.engine.job.Job;
import dev.alicorn.engine.job.JobEnd;
import dev.alicorn.engine.job.JobSetup;
import dev.alicorn.engine.job.SeedInflow;
import dev.alicorn.engine.job.StoredJob;
import dev.alicorn.engine.journal.Ballast;
import dev.alicorn.engine.journal.DataFolderLock;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.records.RecentRecords;
import dev.alicorn.engine.records.SettledRecord;
import dev.alicorn.engine.seed.SeedReader;
import dev.alicorn.engine.state.JobLife;
import dev.alicorn.gateway.wiring.EndpointView;
import dev.alicorn.gateway.wiring.JobFolders;
import dev.alicorn.gateway.wiring.Spawning;
import dev.alicorn.gateway.wiring.UnavailableException;
import dev.alicorn.gateway.wiring.Workplace;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.llama.LlamaUnavailableException;
import dev.alicorn.gpuworker.model.ModelException;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.PauseReason;
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
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
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
          .thenComparing(job -> job.stored().id().value())
          .reversed();

  private final DataFolderLock lock;
  private final JobFolders folders;
  private final Workplace workplace;
  private final Ballast ballast;
  private final String version;
  private final Map<JobId, HostedJob> jobs = new ConcurrentHashMap<>();
  private final IdempotencyKeys keys;
  private final Replays replays;
  private final ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean closing;
  private Cancellable looking = Cancellable.alreadyCancelled();

  private Daemon(
      DataFolderLock lock,
      JobFolders folders,
      Workplace workplace,
      Ballast ballast,
      IdempotencyKeys keys,
      String version) {
    this.lock = lock;
    this.folders = folders;
    this.workplace = workplace;
    this.ballast = ballast;
    this.keys = keys;
    this.version = version;
    this.replays = new Replays(folders, version);
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
      Daemon daemon =
          new Daemon(
              lock,
              folders,
              Workplace.forAll(deployment, models, downloads),
              ballast,
              IdempotencyKeys.of(folders),
              version);
      daemon.recover();
      daemon.keepLooking();
      return daemon;
    } catch (ConfigException | UnavailableException | IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// Asks the running jobs again and again how far they are, for those who list them.
  private void keepLooking() {
    looking =
        system()
            .scheduler()
            .scheduleWithFixedDelay(
                LOOK_INTERVAL,
                LOOK_INTERVAL,
                () -> jobs.values().forEach(HostedJob::look),
                system().executionContext());
  }

  private void recover() {
    for (StoredJob stored : folders.all(LOG::warn)) {
      HostedJob job = new HostedJob(stored, new RecentRecords());
      jobs.put(stored.id(), job);
      if (stored.life().phase() == JobLife.Phase.UNFINISHED) {
        starts.execute(() -> startOrSayWhyNot(job));
      }
    }
  }

  public ActorSystem<SpawnProtocol.Command> system() {
    return workplace.system();
  }

  public JobFolders folders() {
    return folders;
  }

  /// Some jobs of a longer list.
  ///
  /// @param next what the rest comes behind, if there is one
  public record Page(List<JobView> jobs, Optional<JobId> next) {}

  /// Jobs, the newest first, as they are known without asking them.
  ///
  /// @param state that they are in
  /// @param after the job that they come behind
  public Page jobs(Optional<JobView.State> state, int max, Optional<JobId> after) {
    Optional<HostedJob> behind = after.flatMap(this::find);
    List<JobView> rest =
        jobs.values().stream()
            .filter(job -> behind.isEmpty() || NEWEST_FIRST.compare(behind.get(), job) < 0)
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

  /// A job as it is known without asking it.
  public Optional<JobView> view(JobId id) {
    return find(id).map(HostedJob::view);
  }

  /// A job as it is now; empty where there is none of that id.
  public Optional<CompletableFuture<JobView>> look(JobId id) {
    return find(id).map(job -> job.look().toCompletableFuture());
  }

  /// The changes of a job's state; empty where there is none of that id.
  public Optional<JobEvents> events(JobId id) {
    return find(id).map(HostedJob::events);
  }

  private Optional<HostedJob> find(JobId id) {
    return Optional.ofNullable(jobs.get(id));
  }

  /// Begins a job; when this returns, it is durable and runs.
  ///
  /// @param key under which the same request gives the same job
  /// @throws ConfigException when this deployment has not what the job names
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
    Workplace.Equipment equipment = equip(job.spec());
    synchronized (keys) {
      Optional<JobId> known = key.flatMap(keys::find);
      if (known.isPresent() && isBegun(known.get())) {
        return same(known.get(), job);
      }
      JobId id = known.orElseGet(() -> folders.newId(job.spec().name()));
      if (key.isPresent() && known.isEmpty()) {
        keys.put(key.get(), id);
      }
      return begin(id, job, equipment).view();
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

  private HostedJob begin(JobId id, JobFile job, Workplace.Equipment equipment)
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
    jobs.put(id, hosted);
    run(hosted, setup, behavior, end);
    return hosted;
  }

  private void run(
      HostedJob job,
      JobSetup setup,
      Behavior<Job.Command> behavior,
      CompletableFuture<JobEnd> end) {
    ActorRef<Job.Command> actor = Spawning.spawn(workplace.system(), behavior, "job-" + setup.id());
    job.started(setup, actor, end, workplace.system());
  }

  private Workplace.Equipment equip(JobSpec spec)
      throws ConfigException, ConflictException, UnservedException, InterruptedException {
    if (closing) {
      throw new ConflictException("the daemon stops; ask again when it is back");
    }
    try {
      return workplace.equip(spec);
    } catch (UnavailableException | ModelException | LlamaUnavailableException e) {
      throw new UnservedException(PauseReason.ENDPOINT, e);
    } catch (EncoderException e) {
      throw new UnservedException(PauseReason.ENCODER, e);
    }
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

  /// Pauses a job; it is paused when its calls in flight have ended.
  public Optional<JobView> pause(JobId id) throws ConflictException {
    Optional<HostedJob> job = find(id);
    if (job.isPresent()) {
      job.get().pause();
    }
    return job.map(HostedJob::view);
  }

  /// Goes on with a paused job; nothing where it runs.
  ///
  /// @param terms JSON with its caps from here on; those that it leaves out are as they were
  /// @throws BindingException when an endpoint or the encoder is not the one that the job began
  ///   with
  public Optional<JobView> resume(JobId id, String terms)
      throws ConfigException,
          ConflictException,
          UnservedException,
          JournalException,
          BindingException,
          InterruptedException {
    Optional<HostedJob> job = find(id);
    if (job.isPresent()) {
      start(job.get(), ResumeJson.budget(terms, job.get().spec()));
    }
    return job.map(HostedJob::view);
  }

  /// Cancels a job for good; what its journal holds stays.
  public Optional<JobView> cancel(JobId id) throws ConflictException, JournalException {
    Optional<HostedJob> job = find(id);
    if (job.isPresent()) {
      synchronized (job.get().stored()) {
        if (!job.get().cancel()) {
          Job.cancelStopped(
              folders.folder(id).resolve("journal"), workplace.journal(ballast), version);
          job.get().cancelled();
        }
      }
    }
    return job.map(HostedJob::view);
  }

  /// Sends seeds to a job whose source is a stream; completes when they are durable, and fails with
  /// a [ConflictException] where it takes none. Empty where there is no such job.
  ///
  /// @param rows at most [SeedInflow#ROWS_MAX]; the next when these are answered
  public Optional<CompletionStage<SeedInflow.Answer.Taken>> addSeeds(
      JobId id, List<SeedInflow.Row> rows) throws ConflictException {
    Optional<HostedJob> job = find(id);
    return job.isEmpty()
        ? Optional.empty()
        : Optional.of(job.get().tellSeeds(replyTo -> new Job.AddSeeds(rows, replyTo)));
  }

  /// Says that no seed follows.
  public Optional<CompletionStage<SeedInflow.Answer.Taken>> seal(JobId id)
      throws ConflictException {
    Optional<HostedJob> job = find(id);
    return job.isEmpty() ? Optional.empty() : Optional.of(job.get().tellSeeds(Job.Seal::new));
  }

  /// Records of a job; empty where there is no such job.
  public Optional<RecordsView> records(
      JobId id, Optional<RecentRecords.Step> step, Optional<SettledRecord.Outcome> outcome, int max)
      throws JournalException {
    Optional<HostedJob> job = find(id);
    return job.isPresent() ? Optional.of(job.get().records(step, outcome, max)) : Optional.empty();
  }

  /// Asks for another dataset of a job's journal; empty where there is no such job.
  ///
  /// @param recipe JSON of what differs from the job's own
  public Optional<ReplayView> replay(
      JobId id, String recipe, OptionalLong until, Optional<String> name)
      throws ConfigException, ConflictException, TooManyException {
    Optional<HostedJob> job = find(id);
    return job.isPresent()
        ? Optional.of(
            replays.begin(
                id, RecipeFile.parseJson(recipe, "recipe", job.get().spec()), until, name))
        : Optional.empty();
  }

  /// The replays of a job that were asked for since the daemon started.
  public List<ReplayView> replays(JobId id) {
    return replays.of(id);
  }

  /// One of them.
  public Optional<ReplayView> replay(JobId id, String name) {
    return replays.look(id, name);
  }

  /// Ends one of them; nothing of it is left.
  public Optional<ReplayView> cancelReplay(JobId id, String name) throws ConflictException {
    return replays.cancel(id, name);
  }

  /// How the deployment's endpoints are.
  public CompletionStage<List<EndpointView>> endpoints() {
    return workplace.endpoints();
  }

  /// Why a job that is submitted now would not run; empty where it would.
  public CompletionStage<Optional<String>> unready() {
    if (closing) {
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

  /// Takes an endpoint in again that was out of service; false where there is none of that name.
  public boolean resetEndpoint(String name) {
    return workplace.reset(name);
  }

  private void startOrSayWhyNot(HostedJob job) {
    try {
      start(job, job.spec().budget());
    } catch (UnservedException e) {
      job.paused(e.reason(), String.valueOf(e.getMessage()));
    } catch (ConfigException | BindingException e) {
      job.paused(PauseReason.USER, String.valueOf(e.getMessage()));
    } catch (ConflictException e) {
      LOG.info("job {} is not taken up: {}", job.stored().id(), e.getMessage());
    } catch (JournalException e) {
      job.failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("job {} cannot go on", job.stored().id(), e);
      job.failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void start(HostedJob job, JobSpec.Budget budget)
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
          setup(job.stored().id(), new JobFile(spec, job.stored().baseFolder()), equip(spec));
      CompletableFuture<JobEnd> end = new CompletableFuture<>();
      run(job, setup, Job.open(setup, job.recent(), end), end);
    }
  }

  /// Stops: calls in flight end, every job is left where it is, and goes on at the next start.
  @Override
  public void close() {
    closing = true;
    looking.cancel();
    starts.shutdownNow();
    starts.close();
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
