package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A whole job at an endpoint of each kind: what it is told of it, what it is billed, and where its
/// key does not go.
class ProvidersIT {
  private static final String KEY = "canary-5d20a7";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "openai, response_format, openai-chat",
    "anthropic, output_config, anthropic-messages",
    "anthropic, tool, anthropic-messages",
    "anthropic, none, anthropic-messages"
  })
  void aJobIsDoneAndBilled(String kind, String schema, String wire) throws Exception {
    Files.writeString(folder.resolve("seeds.txt"), "a dog\na cat\na red barn\n");
    Files.writeString(
        folder.resolve("job.conf"),
        """
        seeds = [ { file = seeds.txt } ]
        caption.endpoint = scripted
        instruct { endpoint = scripted, tasks { multiple_choice = 1 } }
        embed.encoder = none
        dataset.formats = [parquet]
        """);
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().askingForKey(KEY).start()) {
      Files.writeString(
          folder.resolve("alicorn.conf"),
          """
          endpoints { scripted { kind = %s, url = "%s", model = scripted, key = %s, json_schema = %s
                                 price { input_per_million = 2, output_per_million = 3 } } }
          journal.reserve = 64MiB
          """
              .formatted(kind, endpoint.url(), KEY, schema));

      AlicornProcess.Ended end = AlicornProcess.run(folder, "run", "job.conf");
      Files.delete(folder.resolve("alicorn.conf"));

      assertThat(end.exitCode()).as(end.output()).isZero();
      assertThat(end.output())
          .contains("endpoint scripted: scripted (" + wire + "); ")
          .contains(schema.equals("none") ? "; no schema, " : "; schema, ")
          .contains("; 2 in, 2 cached in, 3 out USD a million tokens")
          .contains("1 samples")
          .contains("instruct replies: 1 as asked")
          .containsPattern(
              String.format(
                  Locale.ROOT,
                  "total .* %,d +%,d ",
                  endpoint.ledger().promptTokens(),
                  endpoint.ledger().completionTokens()));
      assertThat(endpoint.ledger().completions()).isEqualTo(4);
    }
    assertNothingHolds(KEY);
  }

  private void assertNothingHolds(String secret) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1).contains(secret))
            .as(file + " holds the key")
            .isFalse();
      }
    }
  }
}
