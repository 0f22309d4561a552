package dev.alicorn.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContentHashTest {
  /// The one-block message of FIPS 180-2, appendix B.1.
  @Test
  void agreesWithThePublishedVector() {
    assertThat(ContentHash.of("abc").hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void refusesWhatIsNoSha256() {
    assertThatThrownBy(() -> new ContentHash("abc")).hasMessageContaining("64 hexadecimal digits");
  }
}
