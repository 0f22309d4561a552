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
    "sk-12345678, sk-1234567 and more, sk-1234567 and more",
    "sk-12345678, cut in sk-1234567, cut in ***",
    "sk-12345678, cut in sk-1234, cut in sk-1234",
    "sk-12345678, in base64 c2stMTIzNDU2Nzg= too, in base64 ***= too",
    "sk/1234+5678, sk%2F1234%2B5678 or sk\\/1234+5678, *** or ***",
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
