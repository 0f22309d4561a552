package dev.alicorn.gpuworker.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriverComplaintTest {

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 1, 2, 34, 35, 46, 304, 802, 803, 804, 999, 10_000})
  void everyCodeIsASentenceWithItsNumberAndAMend(int code) {
    assertThat(DriverComplaint.ofCode("cuInit", code))
        .contains("CUDA error " + code)
        .contains("; ")
        .doesNotContain("\n");
  }
}
