package dev.alicorn.gpuworker.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceProbeIT {
  private static final CudaDevice LARGE = new CudaDevice("NVIDIA H200", 9, 0, 150_754_820_096L);
  private static final CudaDevice SMALL = new CudaDevice("NVIDIA L4", 8, 9, 23_659_347_968L);

  private final Arena arena = Arena.ofShared();

  @AfterEach
  void free() {
    arena.close();
  }

  @Test
  void devicesAreDescribedInTheDriversOrder() {
    assertThat(DriverInquiry.of(driver(13_030, LARGE, SMALL).symbols()))
        .isEqualTo(new DeviceProbe.Found(new CudaVersion(13, 3), List.of(LARGE, SMALL)));
    assertThat(SMALL.capability()).isEqualTo("8.9");
  }

  @Test
  void aNameThatFillsTheDriversBufferIsCutThere() {
    CudaDevice endless = new CudaDevice("N".repeat(300), 9, 0, 1);

    DeviceProbe probe = DriverInquiry.of(driver(13_000, endless).symbols());

    assertThat(probe)
        .isInstanceOfSatisfying(
            DeviceProbe.Found.class,
            found -> assertThat(found.devices().getFirst().name()).isEqualTo("N".repeat(256)));
  }

  @Test
  void aDriverThatIsTooOldSaysWhatItServesAndWhatIsNeeded() {
    assertThat(reason(DriverInquiry.of(driver(12_090, LARGE).symbols())))
        .contains("serves CUDA 12.9 and 13.0 is needed")
        .contains("driver 580");
  }

  @Test
  void aDriverWithoutDevicesIsAMachineWithoutDevices() {
    assertThat(DriverInquiry.of(driver(13_000).failing("cuInit", 100).symbols()))
        .isEqualTo(new DeviceProbe.NoDevice(DriverComplaint.NO_DEVICE));
    assertThat(DriverInquiry.of(driver(13_000).symbols()))
        .isEqualTo(new DeviceProbe.NoDevice(DriverComplaint.NO_DEVICE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cuInit",
        "cuDriverGetVersion",
        "cuDeviceGetCount",
        "cuDeviceGet",
        "cuDeviceGetName",
        "cuDeviceGetAttribute",
        "cuDeviceTotalMem_v2"
      })
  void anyFunctionMayFailOrLack(String function) {
    assertThat(reason(DriverInquiry.of(driver(13_000, LARGE).failing(function, 719).symbols())))
        .startsWith(function + " of the NVIDIA driver fails with CUDA error 719; ");
    assertThat(reason(DriverInquiry.of(driver(13_000, LARGE).without(function).symbols())))
        .contains("has no " + function)
        .contains("driver 580");
  }

  @Test
  void aLibraryThatIsNotThereIsAMachineWithoutDevices() {
    assertThat(DriverInquiry.ofLibrary("libcuda-of-nobody.so.1"))
        .isEqualTo(new DeviceProbe.NoDevice(DriverComplaint.noLibrary("libcuda-of-nobody.so.1")));
  }

  @Test
  void aLibraryThatIsNoDriverIsToldByWhatItLacks() {
    assertThat(reason(DriverInquiry.ofLibrary("libm.so.6"))).contains("has no cuInit");
  }

  @Test
  void thisMachineIsAskedWithoutHarmHoweverOften() {
    assertThat(DeviceProbe.ask()).isEqualTo(DeviceProbe.ask());
  }

  private ScriptedDriver driver(int version, CudaDevice... devices) {
    return new ScriptedDriver(arena, version, List.of(devices));
  }

  private static String reason(DeviceProbe probe) {
    return switch (probe) {
      case DeviceProbe.Unusable(String reason) -> reason;
      case DeviceProbe.NoDevice _, DeviceProbe.Found _ -> throw new AssertionError(probe);
    };
  }
}
