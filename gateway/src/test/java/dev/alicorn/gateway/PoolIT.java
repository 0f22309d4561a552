package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A job whose endpoint is a pool, as its user runs it.
class PoolIT {
  private static final int ROWS = 100;

  @TempDir private Path folder = Path.of("");

  @Test
  void aPoolServesWithOneEndpointAwayAndGoesOnWithAnother() throws Exception {
    try (ScriptedEndpoint a = ScriptedEndpoint.scripted().start();
        ScriptedEndpoint c = ScriptedEndpoint.scripted().start()) {
      write(Map.of("a", a.url(), "b", absent()), 30);
      AlicornProcess.Ended paused = AlicornProcess.run(folder, "run", "job.conf");

      assertThat(paused.output()).contains("budget.calls", "pool team begins without b: ");
      assertThat(a.ledger().completions()).isBetween(30L, 40L);

      write(Map.of("b", absent(), "c", c.url()), 1000);
      AlicornProcess.Ended end = AlicornProcess.run(folder, "run", "job.conf");

      assertThat(end.exitCode()).as(end.output()).isZero();
      assertThat(a.ledger().completions() + c.ledger().completions()).isEqualTo(ROWS);
      assertThat(c.ledger().completions()).isPositive();
    }
  }

  @Test
  void whenAllAreAwayEachIsNamed() throws Exception {
    write(Map.of("a", absent(), "b", absent()), 30);

    AlicornProcess.Ended end = AlicornProcess.run(folder, "run", "job.conf");

    assertThat(end.exitCode()).as(end.output()).isEqualTo(3);
    assertThat(end.output()).contains("endpoints.a.url", "endpoints.b.url").doesNotContain("\tat ");
  }

  private static URI absent() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return URI.create("http://127.0.0.1:" + free.getLocalPort() + "/v1");
    }
  }

  private void write(Map<String, URI> endpoints, int calls) throws IOException {
    Files.write(
        folder.resolve("seeds.txt"),
        IntStream.range(0, ROWS).mapToObj(i -> "a blue boat number " + i).toList());
    List<String> lines = new ArrayList<>();
    endpoints.forEach((name, url) ->
        lines.add(
            "endpoints.%s { kind = openai, url = \"%s\", model = scripted, max_in_flight = 4 }"
                .formatted(name, url)));
    lines.add(
        "endpoints.team { kind = pool, endpoints = " + List.copyOf(endpoints.keySet()) + " }");
    lines.add("journal.reserve = 64MiB");
    Files.write(folder.resolve("alicorn.conf"), lines);
    Files.writeString(
        folder.resolve("job.conf"),
        """
        seeds = [ { file = seeds.txt } ]
        caption { endpoint = team }
        instruct { tasks {} }
        embed { encoder = none }
        dataset { formats = [parquet] }
        budget { calls = %d }
        """
            .formatted(calls));
  }
}
