package dev.alicorn.engine.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScrubberTest {
  @ParameterizedTest
  @CsvSource({
    "sk-12345678, sk-12345678, ***",
    "sk-12345678, a sk-12345678 b sk-12345678, a *** b ***",
    "sk-12345678, sk-1234567, sk-1234567",
    "sk-12345678, sk-sk-12345678, sk-***",
    "aaaaaaaab, aaaaaaaaab, a***",
    "EMPTY, EMPTY room, EMPTY room"
  })
  void everySecretIsTakenOut(String key, String body, String clean) {
    Scrubber scrubber = new Scrubber(Optional.of(key));

    assertThat(scrubber.scrub(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(Bytes.utf8(clean));
    assertThat(scrubber.scrub(body)).isEqualTo(clean);
  }
}
