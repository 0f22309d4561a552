package dev.alicorn.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.conditional;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.getFromFile;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.withRangeSupport;
import static org.apache.pekko.http.javadsl.server.PathMatchers.remaining;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alicorn.gateway.wiring.JobFolders;
import dev.alicorn.protocol.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.EntityTag;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/jobs/{id}/datasets`: the finished datasets of a job, and each file that their manifests
/// name, with its SHA-256 as ETag and in ranges.
final class DatasetRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MANIFEST = "manifest.json";

  private final JobFolders folders;

  DatasetRoutes(JobFolders folders) {
    this.folders = folders;
  }

  /// The routes of one job's datasets.
  Route of(String job) {
    return concat(
        pathEnd(() -> get(() -> list(job))),
        path(
            segment().slash("files").slash(remaining()),
            (dataset, file) -> get(() -> file(job, dataset, file))));
  }

  private Route list(String job) {
    Optional<Path> datasets = datasets(job);
    if (datasets.isEmpty()) {
      return complete(noDatasets(job));
    }
    ObjectNode root = JSON.createObjectNode();
    ArrayNode array = root.putArray("datasets");
    for (Path dataset : finished(datasets.get())) {
      ObjectNode json = array.addObject().put("name", dataset.getFileName().toString());
      ArrayNode files = json.putArray("files");
      files(dataset)
          .forEach((file, hash) -> files.addObject().put("file", file).put("sha256", hash));
    }
    return complete(
        HttpResponse.create().withEntity(ContentTypes.APPLICATION_JSON, root.toString()));
  }

  private Route file(String job, String dataset, String file) {
    Optional<Path> folder =
        datasets(job).stream()
            .flatMap(datasets -> finished(datasets).stream())
            .filter(finished -> finished.getFileName().toString().equals(dataset))
            .findFirst();
    if (folder.isEmpty()) {
      return complete(noDatasets(job));
    }
    if (file.equals(MANIFEST)) {
      return getFromFile(folder.get().resolve(MANIFEST).toFile());
    }
    String hash = files(folder.get()).get(file);
    if (hash == null) {
      return complete(
          Problem.notFound(
                  "dataset " + dataset + " has no file " + file + "; its manifest.json names them")
              .response());
    }
    Path path = folder.get().resolve(file);
    return conditional(
        EntityTag.create(hash, false),
        () ->
            withRangeSupport(() ->
                complete(
                    HttpResponse.create()
                        .withEntity(HttpEntities.create(contentType(file), path.toFile())))));
  }

  private static ContentType contentType(String file) {
    return file.endsWith(".json")
        ? ContentTypes.APPLICATION_JSON
        : ContentTypes.APPLICATION_OCTET_STREAM;
  }

  private static HttpResponse noDatasets(String job) {
    return Problem.notFound("job " + job + " has no such dataset; it may not be completed yet")
        .response();
  }

  private Optional<Path> datasets(String job) {
    try {
      return Optional.of(folders.datasets(new JobId(job))).filter(Files::isDirectory);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static List<Path> finished(Path datasets) {
    try (Stream<Path> all = Files.list(datasets)) {
      return all.filter(dataset -> Files.exists(dataset.resolve(MANIFEST))).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The files that a manifest names, with their hashes.
  private static Map<String, String> files(Path dataset) {
    Map<String, String> files = new HashMap<>();
    try {
      for (JsonNode file : JSON.readTree(dataset.resolve(MANIFEST).toFile()).path("files")) {
        files.put(file.path("path").asText(), file.path("sha256").asText());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
