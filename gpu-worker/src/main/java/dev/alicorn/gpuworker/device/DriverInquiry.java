package dev.alicorn.gpuworker.device;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.ArrayList;
import java.util.List;

/// The asking of a driver for its devices.
final class DriverInquiry {
  static final String LIBRARY = "libcuda.so.1";

  private DriverInquiry() {}

  /// Loads a driver and asks it.
  ///
  /// @param name of its library, as the dynamic linker knows it
  @SuppressWarnings("restricted")
  static DeviceProbe ofLibrary(String name) {
    SymbolLookup symbols;
    try {
      // Never unloaded: the driver keeps threads of its own.
      symbols = SymbolLookup.libraryLookup(name, Arena.global());
    } catch (IllegalArgumentException _) {
      return new DeviceProbe.NoDevice(DriverComplaint.noLibrary(name));
    }
    return of(symbols);
  }

  static DeviceProbe of(SymbolLookup symbols) {
    try {
      CudaDriver driver = CudaDriver.of(symbols);
      CudaVersion version = driver.version();
      if (version.compareTo(DeviceProbe.DRIVER_MIN) < 0) {
        return new DeviceProbe.Unusable(DriverComplaint.tooOld(version));
      }
      driver.initialise();
      List<CudaDevice> devices = new ArrayList<>();
      int count = driver.count();
      for (int i = 0; i < count; i++) {
        devices.add(driver.device(i));
      }
      return devices.isEmpty()
          ? new DeviceProbe.NoDevice(DriverComplaint.NO_DEVICE)
          : new DeviceProbe.Found(version, devices);
    } catch (DriverException e) {
      String reason = String.valueOf(e.getMessage());
      return e.noDevice() ? new DeviceProbe.NoDevice(reason) : new DeviceProbe.Unusable(reason);
    }
  }
}
