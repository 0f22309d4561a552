package dev.alicorn.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.extractMaterializer;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequestEntity;
import static org.apache.pekko.http.javadsl.server.Directives.withoutRequestTimeout;
import static org.apache.pekko.http.javadsl.server.Directives.withoutSizeLimit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.config.ConfigException;
import dev.alicorn.engine.job.SeedInflow;
import dev.alicorn.gateway.daemon.ConflictException;
import dev.alicorn.gateway.daemon.HostedJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaType;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.japi.pf.PFBuilder;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Framing;
import org.apache.pekko.stream.javadsl.FramingTruncation;
import org.apache.pekko.stream.scaladsl.Framing.FramingException;
import org.apache.pekko.util.ByteString;

/// `seeds` and `seal` of a job: NDJSON of any length, read no faster than it becomes durable.
final class SeedRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration GROUP_WAIT = Duration.ofMillis(50);
  private static final ByteString LINE_END = ByteString.fromString("\n");

  private SeedRoutes() {}

  /// Takes a body of lines.
  static Route take(HostedJob job) {
    return withoutSizeLimit(() ->
        withoutRequestTimeout(() ->
            extractMaterializer(materializer ->
                extractRequestEntity(body ->
                    isNdjson(body)
                        ? completeWithFuture(answer(new Stream(job).take(body, materializer)))
                        : complete(
                            new Problem(
                                    StatusCodes.UNSUPPORTED_MEDIA_TYPE,
                                    "media-type",
                                    "send application/x-ndjson, an object a line")
                                .response())))));
  }

  static Route seal(HostedJob job) {
    return completeWithFuture(answer(Answers.begun(job::seal).thenApply(Optional::of)));
  }

  private static CompletionStage<HttpResponse> answer(
      CompletionStage<Optional<SeedInflow.Answer.Taken>> taken) {
    return taken
        .thenApply(last -> {
          String json =
              JSON.createObjectNode()
                  .put("accepted", last.map(SeedInflow.Answer.Taken::accepted).orElse(0L))
                  .put("refused", last.map(SeedInflow.Answer.Taken::refused).orElse(0L))
                  .put("repeated", last.map(SeedInflow.Answer.Taken::repeated).orElse(0L))
                  .put("seq", last.map(SeedInflow.Answer.Taken::seq).orElse(0L))
                  .toString();
          return Answers.json(StatusCodes.ACCEPTED, json);
        })
        .exceptionally(failure -> Problem.of(failure).response());
  }

  private static boolean isNdjson(RequestEntity body) {
    MediaType type = body.getContentType().mediaType();
    return type.mainType().equals("application") && type.subType().equals("x-ndjson");
  }

  /// One body of lines.
  private static final class Stream {
    private final HostedJob job;
    private long number;

    Stream(HostedJob job) {
      this.job = job;
    }

    CompletionStage<Optional<SeedInflow.Answer.Taken>> take(
        RequestEntity body, Materializer materializer) {
      return body.getDataBytes()
          .via(Framing.delimiter(LINE_END, SeedLine.BYTES_MAX, FramingTruncation.ALLOW))
          .map(line -> Optional.of(line.utf8String()))
          .recover(
              new PFBuilder<Throwable, Optional<String>>()
                  .match(FramingException.class, _ -> Optional.empty())
                  .build())
          .groupedWithin(SeedInflow.ROWS_MAX, GROUP_WAIT)
          .mapAsync(1, this::send)
          .runFold(
              Optional.<SeedInflow.Answer.Taken>empty(),
              (before, taken) ->
                  Optional.of(
                      taken.andRepeated(before.map(SeedInflow.Answer.Taken::repeated).orElse(0L))),
              materializer);
    }

    /// Sends the lines before the first that is broken.
    ///
    /// @param lines empty stands for one that is too long
    private CompletionStage<SeedInflow.Answer.Taken> send(List<Optional<String>> lines)
        throws ConflictException {
      List<SeedInflow.Row> rows = new ArrayList<>();
      Optional<ConfigException> broken = Optional.empty();
      for (Optional<String> line : lines) {
        number++;
        try {
          SeedLine.read(line, number).ifPresent(rows::add);
        } catch (ConfigException e) {
          broken = Optional.of(e);
          break;
        }
      }
      Optional<ConfigException> end = broken;
      return job.addSeeds(rows)
          .thenCompose(taken ->
              end.isPresent()
                  ? CompletableFuture.failedStage(end.get())
                  : CompletableFuture.completedStage(taken));
    }
  }
}
