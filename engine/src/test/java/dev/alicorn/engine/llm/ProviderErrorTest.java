package dev.alicorn.engine.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.FailureCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProviderErrorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\":{\"message\":\"no\",\"type\":\"x\",\"code\":null}} | no",
        "{\"error\":\"no\"} | no",
        "{\"object\":\"error\",\"message\":\"no\",\"code\":400} | no",
        "{\"detail\":\"no\"} | no",
        "{\"detail\":[{\"msg\":\"no\"}]} | {\"detail\":[{\"msg\":\"no\"}]}",
        "no | no",
        "\"{\" | {"
      })
  void theMessageIsFoundInEveryShape(String body, String message) {
    assertThat(ProviderError.of(Bytes.utf8(body)).message()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "429 | {\"error\":{\"code\":\"insufficient_quota\"}} | OUT_OF_MONEY",
        "429 | {\"error\":{\"type\":\"billing_not_active\"}} | OUT_OF_MONEY",
        "429 | {\"error\":{\"message\":\"You exceeded your current quota.\"}} | OUT_OF_MONEY",
        "429 | {\"error\":{\"code\":\"rate_limit_exceeded\"}} | RATE_LIMITED",
        "429 | slow down | RATE_LIMITED",
        "400 | {\"error\":{\"code\":\"context_length_exceeded\"}} | REFUSED_REQUEST",
        "400 | {\"error\":{\"code\":\"content_policy_violation\"}} | CONTENT_FILTERED",
        "403 | {\"error\":{\"code\":\"content_filter\"}} | CONTENT_FILTERED",
        "403 | {\"error\":{\"code\":\"forbidden\"}} | UNAUTHORIZED",
        "400 | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your"
            + " credit balance is too low to access the API.\"}} | OUT_OF_MONEY",
        "400 | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Output"
            + " blocked by content filtering policy\"}} | CONTENT_FILTERED",
        "402 | {\"type\":\"error\",\"error\":{\"type\":\"billing_error\"}} | OUT_OF_MONEY",
        "403 | {\"error\":{\"code\":403,\"message\":\"The model requires moderation and your input"
            + " was flagged\"}} | CONTENT_FILTERED",
        "403 | {\"type\":\"error\",\"error\":{\"type\":\"permission_error\"}} | UNAUTHORIZED",
        "429 | {\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\"}} | RATE_LIMITED",
        "529 | {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}} | SERVER_ERROR",
        "451 | no | REFUSED_REQUEST",
        "405 | no | NOT_FOUND",
        "308 | no | NOT_FOUND",
        "204 | no | NOT_FOUND",
        "599 | no | SERVER_ERROR"
      })
  void codesAndStatusGiveTheCause(int status, String body, FailureCause cause) {
    assertThat(ProviderError.of(Bytes.utf8(body)).cause(status)).isEqualTo(cause);
  }

  @Test
  void aMessageIsOneBoundedLine() {
    String message = ProviderError.oneLine("a\nb\u0000c\u202Ed" + "x".repeat(1000));

    assertThat(message).startsWith("a b c d").hasSize(300);
  }

  @Test
  void deepNestingAndHugeBodiesAreHarmless() {
    assertThat(ProviderError.of(Bytes.utf8("[".repeat(10_000))).cause(500))
        .isEqualTo(FailureCause.SERVER_ERROR);
    assertThat(ProviderError.of(Bytes.wrap(new byte[1 << 20])).message()).isEmpty();
  }
}
