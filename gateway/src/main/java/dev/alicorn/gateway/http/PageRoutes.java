package dev.alicorn.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.conditional;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.pathSingleSlash;
import static org.apache.pekko.http.javadsl.server.Directives.reject;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import dev.alicorn.protocol.ContentHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.EntityTag;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Route;

/// The page at `/`, and the files that it is made of, all from the program's own jars.
final class PageRoutes {
  private static final String OURS = "/dev/alicorn/gateway/page/";
  private static final String CHARTS = "/META-INF/resources/webjars/uplot/";
  private static final String CHARTS_ABOUT = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";
  private static final List<HttpHeader> HEADERS =
      List.of(
          RawHeader.create(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                  + "connect-src 'self'; base-uri 'none'; form-action 'none'; "
                  + "frame-ancestors 'none'"),
          RawHeader.create("Cache-Control", "no-cache"));

  private final Map<String, Asset> assets = new HashMap<>();
  private final Asset page;

  private record Asset(HttpEntity.Strict entity, EntityTag tag) {
    static Asset load(String resource) {
      byte[] content = Answers.resource(resource);
      return new Asset(
          HttpEntities.create(typeOf(resource), content),
          EntityTag.create(ContentHash.of(content).hex(), false));
    }

    private static ContentType typeOf(String resource) {
      return switch (resource.substring(resource.lastIndexOf('.') + 1)) {
        case "html" -> ContentTypes.TEXT_HTML_UTF8;
        case "css" -> ContentTypes.create(MediaTypes.TEXT_CSS, HttpCharsets.UTF_8);
        case "svg" -> ContentTypes.create(MediaTypes.IMAGE_SVG_XML);
        default -> ContentTypes.create(MediaTypes.APPLICATION_JAVASCRIPT, HttpCharsets.UTF_8);
      };
    }
  }

  PageRoutes() {
    page = Asset.load(OURS + "index.html");
    for (String name :
        List.of(
            "style.css",
            "icon.svg",
            "main.js",
            "api.js",
            "stream.js",
            "dom.js",
            "dialogs.js",
            "format.js",
            "steps.js",
            "limits.js",
            "charts.js",
            "progress.js",
            "jobs.js",
            "job.js",
            "endpoints.js",
            "datasets.js",
            "records.js")) {
      assets.put(name, Asset.load(OURS + name));
    }
    String charts = CHARTS + chartsVersion() + "/dist/";
    assets.put("uplot.js", Asset.load(charts + "uPlot.esm.js"));
    assets.put("uplot.css", Asset.load(charts + "uPlot.min.css"));
  }

  /// The version of uPlot that the build has taken, as its jar tells it.
  private static String chartsVersion() {
    Properties about = new Properties();
    try {
      about.load(new ByteArrayInputStream(Answers.resource(CHARTS_ABOUT)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return about.getProperty("version");
  }

  Route route() {
    return concat(
        pathSingleSlash(() -> get(() -> serve(page))),
        pathPrefix(
            "page",
            () ->
                path(
                    segment(),
                    name -> {
                      Asset asset = assets.get(name);
                      return asset == null ? reject() : get(() -> serve(asset));
                    })));
  }

  private static Route serve(Asset asset) {
    return conditional(
        asset.tag(),
        () -> complete(HttpResponse.create().withEntity(asset.entity()).addHeaders(HEADERS)));
  }
}
