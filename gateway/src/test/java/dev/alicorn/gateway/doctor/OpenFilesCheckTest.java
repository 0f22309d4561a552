package dev.alicorn.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OpenFilesCheckTest {
  @Test
  void aConnectionACallAndSomeForTheProgram() {
    assertThat(new OpenFilesCheck(OptionalLong.of(1_280), 1_024).look())
        .isEqualTo(Diagnosis.ok("1280 allowed, 1280 needed"));
    assertThat(new OpenFilesCheck(OptionalLong.of(1_279), 1_024).look())
        .returns(Verdict.FAIL, Diagnosis::verdict)
        .extracting(Diagnosis::sentence)
        .asString()
        .contains("1024 calls in flight", "1279 files", "allow it 1280 with `ulimit -n`");
  }

  @Test
  void aSystemThatDoesNotTellIsNotJudged() {
    assertThat(new OpenFilesCheck(OptionalLong.empty(), 4).look().verdict())
        .isEqualTo(Verdict.NONE);
  }
}
