package dev.alicorn.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.conditional;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.onComplete;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.withRangeSupport;
import static org.apache.pekko.http.javadsl.server.Directives.withoutRequestTimeout;
import static org.apache.pekko.http.javadsl.server.PathMatchers.remaining;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alicorn.gateway.wiring.JobFolders;
import dev.alicorn.protocol.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.ContentDisposition;
import org.apache.pekko.http.javadsl.model.headers.ContentDispositionTypes;
import org.apache.pekko.http.javadsl.model.headers.EntityTag;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.StreamConverters;
import org.apache.pekko.util.ByteString;

/// `/v1/jobs/{id}/datasets`: the finished datasets of a job, their files with SHA-256 as ETag and
/// in ranges, and a whole one as a tar.
final class DatasetRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ContentType TAR =
      ContentTypes.create(MediaTypes.applicationBinary("x-tar", true, "tar"));
  private static final ContentType MARKDOWN =
      ContentTypes.create(
          MediaTypes.customWithOpenCharset("text", "markdown", new HashMap<>(), false),
          HttpCharsets.UTF_8);

  private final JobFolders folders;

  DatasetRoutes(JobFolders folders) {
    this.folders = folders;
  }

  /// The routes of one job's datasets.
  Route of(String job) {
    return concat(
        pathEnd(() -> get(() -> withId(job, id -> Answers.blocking(() -> list(id))))),
        path(segment(), name -> get(() -> withDataset(job, name, DatasetRoutes::look))),
        path(segment().slash("tar"), name -> get(() -> withDataset(job, name, DatasetRoutes::tar))),
        path(
            segment().slash("files").slash(remaining()),
            (name, file) -> get(() -> withDataset(job, name, found -> file(found, file)))));
  }

  /// A job that cannot be read any more has its datasets still: its folder is enough.
  private static Route withId(String job, Function<JobId, Route> then) {
    return Answers.jobId(job).map(then).orElseGet(() -> complete(Answers.noJob(job).response()));
  }

  private HttpResponse list(JobId id) throws IOException {
    if (!Files.isDirectory(folders.folder(id))) {
      return Answers.noJob(id.value()).response();
    }
    ObjectNode root = JSON.createObjectNode();
    ArrayNode array = root.putArray("datasets");
    for (FinishedDataset dataset : FinishedDataset.in(folders.datasets(id))) {
      put(array.addObject(), dataset);
    }
    return Answers.json(StatusCodes.OK, root.toString());
  }

  private Route withDataset(String job, String name, Function<FinishedDataset, Route> then) {
    return withId(
        job,
        id ->
            onComplete(
                Answers.background(() -> FinishedDataset.find(folders.datasets(id), name)),
                found -> {
                  if (found.isFailure()) {
                    return complete(Problem.of(found.failed().get()).response());
                  }
                  return found
                      .get()
                      .map(then)
                      .orElseGet(() ->
                          complete(
                              Problem.notFound(
                                      "job "
                                          + job
                                          + " has no dataset "
                                          + name
                                          + "; it may not be completed yet")
                                  .response()));
                }));
  }

  private static Route look(FinishedDataset dataset) {
    ObjectNode root = JSON.createObjectNode();
    put(root, dataset);
    return complete(Answers.json(StatusCodes.OK, root.toString()));
  }

  private static void put(ObjectNode json, FinishedDataset dataset) {
    json.put("name", dataset.name())
        .put("bytes", dataset.files().stream().mapToLong(FinishedDataset.Entry::bytes).sum());
    ArrayNode files = json.putArray("files");
    for (FinishedDataset.Entry file : dataset.files()) {
      files
          .addObject()
          .put("file", file.path())
          .put("bytes", file.bytes())
          .put("sha256", file.sha256().hex());
    }
  }

  private static Route file(FinishedDataset dataset, String name) {
    Optional<FinishedDataset.Entry> file = dataset.file(name);
    if (file.isEmpty()) {
      return complete(
          Problem.notFound(
                  "dataset "
                      + dataset.name()
                      + " has no file "
                      + name
                      + "; its manifest.json names them")
              .response());
    }
    return conditional(
        EntityTag.create(file.get().sha256().hex(), false),
        () ->
            withRangeSupport(() ->
                withoutRequestTimeout(() ->
                    complete(
                        HttpResponse.create()
                            .withEntity(
                                HttpEntities.create(
                                    contentType(name),
                                    dataset.folder().resolve(name).toFile()))))));
  }

  private static ContentType contentType(String file) {
    if (file.endsWith(".json")) {
      return ContentTypes.APPLICATION_JSON;
    }
    return file.endsWith(".md") ? MARKDOWN : ContentTypes.APPLICATION_OCTET_STREAM;
  }

  private static Route tar(FinishedDataset dataset) {
    Source<ByteString, ?> bytes =
        StreamConverters.asOutputStream()
            .mapMaterializedValue(out -> Answers.background(() -> dataset.writeTar(out)));
    return withoutRequestTimeout(() ->
        complete(
            HttpResponse.create()
                .withEntity(HttpEntities.createChunked(TAR, bytes.mapMaterializedValue(_ -> 0L)))
                .addHeader(
                    ContentDisposition.create(
                        ContentDispositionTypes.ATTACHMENT,
                        Map.of("filename", dataset.name() + ".tar")))));
  }
}
