package dev.alicorn.bench.load;

import dev.alicorn.protocol.JobSpec;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.http.javadsl.ConnectHttp;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.settings.ConnectionPoolSettings;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/// Pekko HTTP's own client with nothing around it: the same requests through a host's connection
/// pool, each body read and dropped.
final class BareClient {
  private static final long READ_MILLIS_MAX = 30_000;

  private BareClient() {}

  static void calls(ActorSystem<?> typed, URI url, JobSpec.Caption spec, int calls, int inFlight) {
    org.apache.pekko.actor.ActorSystem system = Adapter.toClassic(typed);
    ConnectionPoolSettings pool =
        ConnectionPoolSettings.create(system)
            .withMaxConnections(inFlight)
            .withMaxOpenRequests(2 * inFlight)
            .withPipeliningLimit(1)
            .withMaxRetries(0);
    Source.range(1, calls)
        .map(number -> Pair.create(request(url, spec, number), NotUsed.getInstance()))
        .via(
            Http.get(system)
                .<NotUsed>cachedHostConnectionPool(
                    ConnectHttp.toHost(url.getHost(), url.getPort()), pool, system.log()))
        .mapAsyncUnordered(inFlight, answer -> read(answer, system))
        .runWith(Sink.ignore(), system)
        .toCompletableFuture()
        .join();
  }

  private static CompletionStage<Integer> read(
      Pair<scala.util.Try<org.apache.pekko.http.javadsl.model.HttpResponse>, NotUsed> answer,
      org.apache.pekko.actor.ActorSystem system) {
    return answer
        .first()
        .get()
        .entity()
        .toStrict(READ_MILLIS_MAX, system)
        .thenApply(body -> body.getData().size());
  }

  private static HttpRequest request(URI url, JobSpec.Caption spec, int number) {
    String prompt =
        spec.prompt()
            .replace(
                "{{seed}}",
                "a wooden rowing boat, number "
                    + number
                    + ", tied to a jetty on a calm lake at dawn");
    String body =
        "{\"model\":\"instant\",\"messages\":[{\"role\":\"user\",\"content\":\""
            + prompt.replace("\n", "\\n")
            + "\"}],\"temperature\":"
            + spec.temperature()
            + ",\"max_tokens\":"
            + spec.maxTokens()
            + ",\"stream\":false}";
    return HttpRequest.POST(url.getPath() + "/chat/completions")
        .withEntity(ContentTypes.APPLICATION_JSON, body);
  }
}
