package dev.alicorn.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.config.DeploymentFile;
import dev.alicorn.config.EndpointConfig;
import dev.alicorn.config.JobFile;
import dev.alicorn.engine.ledger.Forecast.Cost;
import dev.alicorn.protocol.Capabilities;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.Money;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.Usage;
import dev.alicorn.protocol.WireFormat;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// A forecast against one that was worked out by hand.
///
/// The caption prompt has 2 tokens and 8 of a chat template around its seed; the other prompt 3 and
/// 8 around its caption.
class ForecastTest {
  private static final SeedCount SEEDS =
      new SeedCount(List.of(new SeedCount.Source("captions.txt", 1_000, 7, 0)), 12_345);

  @Test
  void isWhatTheSumsByHandAre() throws Exception {
    Forecast forecast =
        Forecast.of(
            job(700, 1_500, 40), terms("requests_per_minute = 104"), SEEDS, OptionalInt.of(384));

    Cost captions = cost(1_000, 1_000L * 10 + 12_345, 1_000L * 155, "0.0642345");
    Cost samples = cost(40, 40L * (11 + 155), 40L * 420, "0.007384");
    assertThat(forecast.of(Stage.CAPTION)).contains(captions);
    assertThat(forecast.steps().getLast().cost()).isEqualTo(samples);
    assertThat(forecast.total()).isEqualTo(cost(1_040, 28_985, 171_800, "0.0716185"));
    assertThat(forecast.endpoints())
        .isEqualTo(
            Map.of(
                "big",
                new Forecast.Load(forecast.total(), Optional.of(Duration.ofMinutes(10)), 64)));
    assertThat(forecast.disk())
        .isEqualTo(
            new Disk(
                1_000L * (1_400 + 4 * 384 + 150) + 40L * 2_400,
                1_000L * (600 + 2 * 384) + 40L * (1_100 + 2 * 384)));
  }

  @Test
  void repliesAreNoLongerThanTheyMayBe() throws Exception {
    Forecast forecast = Forecast.of(job(100, 200, 40), terms(""), SEEDS, OptionalInt.empty());

    assertThat(forecast.total().usage().outputTokens()).isEqualTo(1_000L * 100 + 40L * 200);
  }

  @Test
  void theSlowerLimitSaysHowLongItTakes() throws Exception {
    Forecast forecast =
        Forecast.of(
            job(700, 1_500, 40),
            terms("requests_per_minute = 10k, tokens_per_minute = 50k"),
            SEEDS,
            OptionalInt.empty());

    assertThat(atLimits(forecast)).contains(Duration.ofMillis(200_785L * 60_000 / 50_000));
  }

  @Test
  void withoutALimitTheTimeIsUnknown() throws Exception {
    Forecast forecast = Forecast.of(job(700, 1_500, 40), terms(""), SEEDS, OptionalInt.empty());

    assertThat(atLimits(forecast)).isEmpty();
  }

  @Test
  void noMoreSamplesThanSeeds() throws Exception {
    Forecast forecast = Forecast.of(job(700, 1_500, 5_000), terms(""), SEEDS, OptionalInt.empty());

    assertThat(forecast.total().calls()).isEqualTo(2_000);
  }

  private static Optional<Duration> atLimits(Forecast forecast) {
    return Objects.requireNonNull(forecast.endpoints().get("big")).atLimits();
  }

  private static JobSpec job(int captionTokens, int sampleTokens, int samples) throws Exception {
    return JobFile.parse(
        """
        seeds = [ { file = captions.txt } ]
        caption { endpoint = big, max_tokens = %d, prompt = "describe it {{seed}}" }
        instruct {
          endpoint = big, max_tokens = %d
          tasks { question_answering { count = %d, prompt = "ask about it {{caption}}" } }
        }
        dataset { formats = [parquet], vectors = float16 }
        """
            .formatted(captionTokens, sampleTokens, samples),
        "job.conf");
  }

  private static Map<String, Forecast.Terms> terms(String limits) throws Exception {
    EndpointConfig big =
        DeploymentFile.parse(
                """
                endpoints { big {
                  kind = openai, url = "http://127.0.0.1:1/v1", model = m
                  price { input_per_million = 0.1, output_per_million = 0.4 }
                  %s
                } }
                """
                    .formatted(limits),
                Path.of(""))
            .endpoint("endpoint", "big");
    EndpointBound bound =
        new EndpointBound("big", WireFormat.OPENAI_CHAT, "m", big.price(), Capabilities.UNKNOWN);
    return Map.of("big", new Forecast.Terms(bound, big.limits()));
  }

  private static Cost cost(long calls, long input, long output, String price) {
    return new Cost(
        calls, new Usage(input, 0, output), Money.of(new BigDecimal(price).setScale(7), "USD"));
  }
}
