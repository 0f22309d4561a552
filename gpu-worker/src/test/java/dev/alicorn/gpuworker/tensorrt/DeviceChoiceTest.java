package dev.alicorn.gpuworker.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.device.CudaDevice;
import dev.alicorn.gpuworker.device.CudaVersion;
import dev.alicorn.gpuworker.device.DeviceProbe;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {
  private static final CudaVersion DRIVER = new CudaVersion(13, 0);
  private static final CudaDevice OLD = new CudaDevice("Tesla V100", 7, 0, 1L << 34);
  private static final CudaDevice GOOD = new CudaDevice("Tesla T4", 7, 5, 1L << 34);

  @Test
  void theFirstThatIsCapableIsTaken() throws Exception {
    assertThat(DeviceChoice.of(new DeviceProbe.Found(DRIVER, List.of(OLD, GOOD, GOOD))))
        .isEqualTo(new DeviceChoice(1, GOOD, DRIVER));
  }

  @Test
  void whatIsMissingIsOneSentence() {
    assertThatThrownBy(() -> DeviceChoice.of(new DeviceProbe.NoDevice("no driver; install it")))
        .isInstanceOf(EncoderException.class)
        .hasMessage("TensorRT: no driver; install it; kind = onnx runs the encoder on the CPU");
    assertThatThrownBy(() -> DeviceChoice.of(new DeviceProbe.Unusable("old; renew it")))
        .hasMessage("TensorRT: old; renew it; kind = onnx runs the encoder on the CPU");
    assertThatThrownBy(() -> DeviceChoice.of(new DeviceProbe.Found(DRIVER, List.of(OLD))))
        .hasMessage(
            "TensorRT: it needs a device of compute capability 7.5 or newer, and there is Tesla V100 of 7.0; kind = onnx runs the encoder on the CPU");
  }
}
