package dev.alicorn.gateway.http;

import dev.alicorn.engine.llm.EndpointSnapshot;
import dev.alicorn.gateway.daemon.Daemon;
import dev.alicorn.gateway.daemon.JobView;
import dev.alicorn.gateway.wiring.EndpointView;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;

/// `/metrics`: the daemon's figures in Prometheus' text format.
///
/// Endpoints are looked at when somebody asks. Jobs have figures of their own while they are not
/// over, so that there are no more of them than work.
final class Metrics implements AutoCloseable {
  private final Daemon daemon;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Map<String, EndpointSnapshot> endpoints = new ConcurrentHashMap<>();
  private final MultiGauge seeds = ofJobs("seeds", "Seeds that a job has.");
  private final MultiGauge captions = ofJobs("captions", "Captions of a job, by outcome.");
  private final MultiGauge samples = ofJobs("samples", "Samples of a job, by outcome.");
  private final MultiGauge tokens = ofJobs("tokens", "Tokens that a job was billed for.");
  private final MultiGauge spent = ofJobs("spent", "Money that a job has cost, by currency.");

  Metrics(Daemon daemon) {
    this.daemon = daemon;
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
    for (JobView.State state : JobView.State.values()) {
      Gauge.builder("alicorn.jobs", daemon, of -> of.count(state))
          .description("Jobs, by state.")
          .tag("state", state.key())
          .register(registry);
    }
  }

  private MultiGauge ofJobs(String what, String description) {
    return MultiGauge.builder("alicorn.job." + what).description(description).register(registry);
  }

  /// The figures as they are now.
  CompletionStage<HttpResponse> scrape() {
    return daemon
        .endpoints()
        .thenApply(views -> {
          views.forEach(this::put);
          putJobs(daemon.unfinished());
          return HttpResponse.create()
              .withEntity(
                  ContentTypes.create(MediaTypes.TEXT_PLAIN, HttpCharsets.UTF_8),
                  registry.scrape().getBytes(StandardCharsets.UTF_8));
        });
  }

  private void put(EndpointView view) {
    EndpointSnapshot now = view.snapshot();
    String name = now.endpoint();
    boolean first = endpoints.put(name, now) == null;
    if (first) {
      gauge(name, "in.flight", "Calls that are out.", EndpointSnapshot::inFlight);
      gauge(
          name,
          "in.flight.limit",
          "Calls that may be out at once.",
          of -> of.inFlightLimit().value());
      gauge(name, "waiting", "Calls that wait for it.", EndpointSnapshot::waiting);
      gauge(name, "up", "Whether it is in service.", of -> of.out().isPresent() ? 0 : 1);
      FunctionTimer.builder(
              "alicorn.endpoint.reply.duration",
              endpoints,
              of -> of(name).answered().getOrDefault(EndpointSnapshot.REPLIED, 0L),
              of -> of(name).repliesTook().toNanos(),
              TimeUnit.NANOSECONDS)
          .description("How long calls took that were replied to.")
          .tag("endpoint", name)
          .register(registry);
    }
    for (String outcome : now.answered().keySet()) {
      FunctionCounter.builder(
              "alicorn.endpoint.calls",
              endpoints,
              of -> of(name).answered().getOrDefault(outcome, 0L))
          .description("Calls that have ended, by outcome.")
          .tags("endpoint", name, "outcome", outcome)
          .register(registry);
    }
  }

  private EndpointSnapshot of(String name) {
    return Optional.ofNullable(endpoints.get(name)).orElseThrow();
  }

  /// A figure of an endpoint.
  private interface Figure {
    double of(EndpointSnapshot snapshot);
  }

  private void gauge(String endpoint, String what, String description, Figure figure) {
    Gauge.builder("alicorn.endpoint." + what, endpoints, _ -> figure.of(of(endpoint)))
        .description(description)
        .tag("endpoint", endpoint)
        .register(registry);
  }

  private void putJobs(List<JobView> jobs) {
    List<MultiGauge.Row<?>> seedRows = new ArrayList<>();
    List<MultiGauge.Row<?>> captionRows = new ArrayList<>();
    List<MultiGauge.Row<?>> sampleRows = new ArrayList<>();
    List<MultiGauge.Row<?>> tokenRows = new ArrayList<>();
    List<MultiGauge.Row<?>> spentRows = new ArrayList<>();
    for (JobView job : jobs) {
      String id = job.id().value();
      job.progress()
          .ifPresent(progress -> {
            seedRows.add(row(progress.seeds(), id));
            captionRows.add(row(progress.captionsAccepted(), id, "outcome", "accepted"));
            captionRows.add(row(progress.captionsLost(), id, "outcome", "lost"));
            sampleRows.add(
                row(
                    progress.samplesAccepted().values().stream().mapToLong(Long::longValue).sum(),
                    id,
                    "outcome",
                    "accepted"));
            sampleRows.add(row(progress.samplesLost(), id, "outcome", "lost"));
          });
      job.bill()
          .ifPresent(bill -> {
            var billed = bill.total().billed();
            tokenRows.add(row(billed.usage().inputTokens(), id, "type", "input"));
            tokenRows.add(row(billed.usage().outputTokens(), id, "type", "output"));
            billed
                .price()
                .amounts()
                .forEach(
                    (currency, amount) -> spentRows.add(row(amount, id, "currency", currency)));
          });
    }
    seeds.register(seedRows, true);
    captions.register(captionRows, true);
    samples.register(sampleRows, true);
    tokens.register(tokenRows, true);
    spent.register(spentRows, true);
  }

  private static MultiGauge.Row<?> row(Number value, String job, String... tags) {
    List<String> all = new ArrayList<>(List.of("job", job));
    all.addAll(Arrays.asList(tags));
    return MultiGauge.Row.of(Tags.of(all.toArray(String[]::new)), value);
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
