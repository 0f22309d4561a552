package dev.alicorn.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.config.EndpointLimits;
import dev.alicorn.protocol.Capabilities;
import dev.alicorn.protocol.Capabilities.Known;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.Price;
import dev.alicorn.protocol.WireFormat;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EndpointLineTest {
  @Test
  void saysModelLimitsAbilitiesAndPrice() {
    EndpointBound bound =
        new EndpointBound(
            "claude",
            WireFormat.ANTHROPIC_MESSAGES,
            "claude-haiku-4-5",
            new Price(new BigDecimal("1.00"), new BigDecimal("0.10"), new BigDecimal("5"), "USD"),
            new Capabilities(Known.YES, Known.NO, Known.UNKNOWN, Known.YES));

    assertThat(EndpointLine.of(bound, limits(OptionalLong.of(50), OptionalLong.of(40_000))))
        .isEqualTo(
            "endpoint claude: claude-haiku-4-5 (anthropic-messages); 16 calls at a time, 50"
                + " requests a minute, 40000 tokens a minute; schema, no seed, logprobs unknown,"
                + " usage; 1 in, 0.1 cached in, 5 out USD a million tokens");
  }

  @Test
  void saysWhatIsFree() {
    EndpointBound bound =
        new EndpointBound("local", WireFormat.OPENAI_CHAT, "m", Price.FREE, Capabilities.UNKNOWN);

    assertThat(EndpointLine.of(bound, limits(OptionalLong.empty(), OptionalLong.empty())))
        .isEqualTo(
            "endpoint local: m (openai-chat); 16 calls at a time; schema unknown, seed unknown,"
                + " logprobs unknown, usage unknown; free");
  }

  private static EndpointLimits limits(OptionalLong requests, OptionalLong tokens) {
    return new EndpointLimits(
        requests,
        tokens,
        OptionalLong.empty(),
        OptionalLong.empty(),
        16,
        1,
        Duration.ofMinutes(5),
        1 << 20,
        Duration.ofMinutes(10));
  }
}
