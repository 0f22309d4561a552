package dev.alicorn.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.mapResponse;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.http.javadsl.model.ContentRange;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaRange;
import org.apache.pekko.http.javadsl.model.MediaType;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Accept;
import org.apache.pekko.http.javadsl.model.headers.Allow;
import org.apache.pekko.http.javadsl.model.headers.RangeUnits;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.ExceptionHandler;
import org.apache.pekko.http.javadsl.server.MethodRejection;
import org.apache.pekko.http.javadsl.server.Rejection;
import org.apache.pekko.http.javadsl.server.RejectionHandler;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.server.UnsatisfiableRangeRejection;

/// What every request passes before its route, and every answer behind it: who is let in, and that
/// whatever goes wrong is a [Problem].
///
/// @param tokens who may do what; empty lets everyone who reaches the daemon do everything
record Guard(Doorkeeper doorkeeper, Optional<Tokens> tokens) {
  private static final List<HttpHeader> HEADERS =
      List.of(
          RawHeader.create("X-Content-Type-Options", "nosniff"),
          RawHeader.create("Referrer-Policy", "no-referrer"));

  /// The routes with all of that around them.
  Route before(Route routes) {
    return extractRequest(request ->
        mapResponse(
            response -> acceptable(request, response).addHeaders(HEADERS),
            () ->
                refusal(request)
                    .<Route>map(refused -> complete(refused))
                    .orElseGet(() ->
                        routes.seal(
                            rejections(request),
                            ExceptionHandler.newBuilder()
                                .matchAny(failure -> complete(Problem.of(failure).response()))
                                .build()))));
  }

  private Optional<HttpResponse> refusal(HttpRequest request) {
    return doorkeeper
        .refusal(request)
        .map(Problem::response)
        .or(() -> tokens.flatMap(known -> known.refusal(request)));
  }

  /// The answer to something that was only read, or that it is not to be had as the client wants
  /// it.
  private static HttpResponse acceptable(HttpRequest request, HttpResponse response) {
    if (!response.status().equals(StatusCodes.OK)
        || !request.method().equals(HttpMethods.GET)
        || isAccepted(request, response.entity().getContentType().mediaType())) {
      return response;
    }
    return new Problem(
            StatusCodes.NOT_ACCEPTABLE,
            "not-acceptable",
            "this is "
                + response.entity().getContentType()
                + ", which the Accept header does not name",
            Optional.of("Accept"))
        .response();
  }

  private static boolean isAccepted(HttpRequest request, MediaType type) {
    List<MediaRange> ranges =
        StreamSupport.stream(request.getHeaders(Accept.class).spliterator(), false)
            .flatMap(accept -> StreamSupport.stream(accept.getMediaRanges().spliterator(), false))
            .toList();
    return ranges.isEmpty()
        || ranges.stream().anyMatch(range -> range.qValue() > 0 && range.matches(type));
  }

  private static RejectionHandler rejections(HttpRequest request) {
    return RejectionHandler.newBuilder()
        .handleAll(MethodRejection.class, rejected -> otherMethod(request, rejected))
        .handle(UnsatisfiableRangeRejection.class, Guard::noSuchRange)
        .handle(
            Rejection.class,
            rejection ->
                complete(Problem.badRequest("the request cannot be used: " + rejection).response()))
        .handleNotFound(
            complete(
                Problem.notFound("there is nothing at that path; GET /openapi.json describes all")
                    .response()))
        .build();
  }

  private static Route noSuchRange(UnsatisfiableRangeRejection rejected) {
    return complete(
        new Problem(
                StatusCodes.RANGE_NOT_SATISFIABLE,
                "range",
                "the file has " + rejected.actualEntityLength() + " bytes; ask for some of them")
            .response()
            .addHeader(
                org.apache.pekko.http.javadsl.model.headers.ContentRange.create(
                    RangeUnits.BYTES,
                    ContentRange.createUnsatisfiable(rejected.actualEntityLength()))));
  }

  private static Route otherMethod(HttpRequest request, List<MethodRejection> rejected) {
    Collection<HttpMethod> allowed =
        rejected.stream().map(MethodRejection::supported).collect(Collectors.toSet());
    if (allowed.contains(HttpMethods.GET)) {
      allowed.add(HttpMethods.HEAD);
    }
    allowed.add(HttpMethods.OPTIONS);
    List<HttpMethod> named =
        allowed.stream().sorted((a, b) -> a.value().compareTo(b.value())).toList();
    HttpResponse response =
        request.method().equals(HttpMethods.OPTIONS)
            ? HttpResponse.create().withStatus(StatusCodes.NO_CONTENT)
            : new Problem(
                    StatusCodes.METHOD_NOT_ALLOWED,
                    "method",
                    "use "
                        + named.stream().map(HttpMethod::value).collect(Collectors.joining(" or ")))
                .response();
    return complete(response.addHeader(Allow.create(named.toArray(HttpMethod[]::new))));
  }
}
