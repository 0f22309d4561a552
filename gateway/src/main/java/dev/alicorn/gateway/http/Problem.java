package dev.alicorn.gateway.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alicorn.config.ConfigException;
import dev.alicorn.engine.dataset.DatasetException;
import dev.alicorn.engine.job.BindingException;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.seed.SeedException;
import dev.alicorn.gateway.daemon.ConflictException;
import dev.alicorn.gateway.daemon.TooManyException;
import dev.alicorn.gateway.daemon.UnservedException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An error as RFC 9457 has it: `application/problem+json`.
///
/// @param type names the kind of error, for programs
/// @param detail one sentence: what, where, how to mend
/// @param field the key, parameter or header that it is about, where there is one
record Problem(StatusCode status, String type, String detail, Optional<String> field) {
  private static final Logger LOG = LoggerFactory.getLogger(Problem.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ContentType.WithFixedCharset MEDIA_TYPE =
      ContentTypes.create(
          MediaTypes.applicationWithFixedCharset("problem+json", HttpCharsets.UTF_8));
  private static final String TYPES = "urn:alicorn:problem:";

  Problem(StatusCode status, String type, String detail) {
    this(status, type, detail, Optional.empty());
  }

  static Problem notFound(String detail) {
    return new Problem(StatusCodes.NOT_FOUND, "not-found", detail);
  }

  static Problem badRequest(String detail) {
    return new Problem(StatusCodes.BAD_REQUEST, "bad-request", detail);
  }

  /// A parameter or header that cannot be used.
  ///
  /// @param mend what can
  static Problem badParameter(String name, String value, String mend) {
    return new Problem(
        StatusCodes.BAD_REQUEST,
        "bad-request",
        name + ": \"" + value + "\" cannot be used; " + mend,
        Optional.of(name));
  }

  static Problem tooLarge() {
    return new Problem(StatusCodes.CONTENT_TOO_LARGE, "too-large", "a body holds at most 1 MiB");
  }

  /// What a failure is to whoever sent the request.
  static Problem of(Throwable failure) {
    return switch (failure) {
      case CompletionException wrapped when wrapped.getCause() != null ->
          of(Objects.requireNonNull(wrapped.getCause()));
      case ConfigException known ->
          new Problem(
              StatusCodes.UNPROCESSABLE_CONTENT,
              "invalid",
              sentence(known),
              Optional.of(known.where()));
      case SeedException known ->
          new Problem(StatusCodes.UNPROCESSABLE_CONTENT, "invalid", sentence(known));
      case ConflictException known ->
          new Problem(StatusCodes.CONFLICT, "conflict", sentence(known));
      case BindingException known -> new Problem(StatusCodes.CONFLICT, "conflict", sentence(known));
      case DatasetException known -> new Problem(StatusCodes.CONFLICT, "conflict", sentence(known));
      case TooManyException known ->
          new Problem(StatusCodes.TOO_MANY_REQUESTS, "too-many", sentence(known));
      case UnservedException known ->
          new Problem(StatusCodes.SERVICE_UNAVAILABLE, "not-available", sentence(known));
      case EntityStreamSizeException _ -> tooLarge();
      case JournalException known when known.kind() == JournalException.Kind.NO_SPACE ->
          new Problem(StatusCodes.INSUFFICIENT_STORAGE, "no-space", sentence(known));
      case JournalException known ->
          new Problem(StatusCodes.INTERNAL_SERVER_ERROR, "journal", sentence(known));
      default -> {
        LOG.error("a request failed", failure);
        yield new Problem(
            StatusCodes.INTERNAL_SERVER_ERROR,
            "fault",
            "a fault of Alicorn itself, please report it with the daemon's log");
      }
    };
  }

  private static String sentence(Throwable known) {
    return String.valueOf(known.getMessage());
  }

  HttpResponse response() {
    ObjectNode json = JSON.createObjectNode();
    json.put("type", TYPES + type)
        .put("title", status.reason())
        .put("status", status.intValue())
        .put("detail", detail);
    field.ifPresent(name -> json.put("field", name));
    return HttpResponse.create()
        .withStatus(status)
        .withEntity(HttpEntities.create(MEDIA_TYPE, json.toString()));
  }
}
