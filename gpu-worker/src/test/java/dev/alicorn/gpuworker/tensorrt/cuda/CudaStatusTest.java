package dev.alicorn.gpuworker.tensorrt.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.FieldModel;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CudaStatusTest {
  @Test
  void namesAreThoseOfNvidiasHeader() throws Exception {
    Map<String, Integer> constants = constants();
    int known = 0;
    for (int code = 0; code <= 999; code++) {
      String text = new CudaStatus(code).text();
      if (text.startsWith("CUDA_")) {
        String name = text.substring(0, text.indexOf(' '));
        assertThat(constants).containsEntry(name, code);
        known++;
      }
    }
    assertThat(known).isGreaterThan(20);
    assertThat(new CudaStatus(321).text()).isEqualTo("CUDA error 321");
  }

  @Test
  void whatTensorRtSaysOfMemoryCountsAsSuch() {
    assertThat(DeviceException.ofRefusal("enqueueV3", "Requested size was 3 bytes: out of memory"))
        .matches(DeviceException::isOutOfMemory);
    assertThat(DeviceException.ofRefusal("enqueueV3", "shape mismatch"))
        .matches(e -> !e.isOutOfMemory())
        .hasMessage("enqueueV3 failed: shape mismatch");
  }

  /// The header's numbers as the bindings have them, read without loading a class that wants CUDA.
  private static Map<String, Integer> constants() throws Exception {
    Map<String, Integer> constants = new HashMap<>();
    try (InputStream in =
        CudaStatusTest.class.getResourceAsStream("/org/bytedeco/cuda/global/cudart.class")) {
      byte[] bytes = Objects.requireNonNull(in).readAllBytes();
      for (FieldModel field : ClassFile.of().parse(bytes).fields()) {
        field
            .findAttribute(Attributes.constantValue())
            .filter(value -> value.constant().constantValue() instanceof Integer)
            .ifPresent(value ->
                constants.put(
                    field.fieldName().stringValue(), (Integer) value.constant().constantValue()));
      }
    }
    return constants;
  }
}
