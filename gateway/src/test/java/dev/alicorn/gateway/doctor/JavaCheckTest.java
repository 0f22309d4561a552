package dev.alicorn.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JavaCheckTest {
  /// Tests have the options of the program.
  @Test
  void nothingIsMissingHere() {
    assertThat(JavaCheck.here().missing()).isEmpty();
    assertThat(JavaCheck.here().look().sentence()).startsWith(Runtime.version() + " by ");
  }

  @Test
  void saysWithWhichOptionsJavaRuns() {
    assertThat(
            new JavaCheck("25 by X", "Linux amd64", List.of("-Xmx2g", "-XX:+UseZGC"), List.of())
                .look())
        .isEqualTo(Diagnosis.ok("25 by X, Linux amd64, -Xmx2g -XX:+UseZGC"));
  }

  @Test
  void anOptionThatLacksFails() {
    String option = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    assertThat(new JavaCheck("25 by X", "Linux amd64", List.of(), List.of(option)).look())
        .returns(Verdict.FAIL, Diagnosis::verdict)
        .extracting(Diagnosis::sentence)
        .asString()
        .contains("without " + option + "; start it by ./alicorn");
  }

  @Test
  void anUntestedSystemIsWarnedOf() {
    assertThat(new JavaCheck("25 by X", "Mac OS X aarch64", List.of(), List.of()).look().verdict())
        .isEqualTo(Verdict.WARN);
  }
}
