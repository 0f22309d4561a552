package dev.alicorn.gpuworker.device;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The functions of the CUDA driver that tell of devices, by the names and signatures of NVIDIA's
/// CUDA driver API.
final class CudaDriver {
  private static final int NAME_BYTES_MAX = 256;
  private static final int CAPABILITY_MAJOR = 75;
  private static final int CAPABILITY_MINOR = 76;

  private final Function init;
  private final Function driverGetVersion;
  private final Function deviceGetCount;
  private final Function deviceGet;
  private final Function deviceGetName;
  private final Function deviceGetAttribute;
  private final Function deviceTotalMem;

  /// A function of the driver; they all answer with a code, 0 when done.
  private record Function(String name, MethodHandle handle) {

    void call(Object... arguments) throws DriverException {
      int code;
      try {
        code = (int) handle.invokeWithArguments(arguments);
      } catch (Throwable e) {
        throw new IllegalStateException(name + " cannot be called", e);
      }
      if (code != 0) {
        throw DriverException.ofCode(name, code);
      }
    }
  }

  private CudaDriver(SymbolLookup symbols) throws DriverException {
    init = function(symbols, "cuInit", ValueLayout.JAVA_INT);
    driverGetVersion = function(symbols, "cuDriverGetVersion", ValueLayout.ADDRESS);
    deviceGetCount = function(symbols, "cuDeviceGetCount", ValueLayout.ADDRESS);
    deviceGet = function(symbols, "cuDeviceGet", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    deviceGetName =
        function(
            symbols,
            "cuDeviceGetName",
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT);
    deviceGetAttribute =
        function(
            symbols,
            "cuDeviceGetAttribute",
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT);
    deviceTotalMem =
        function(symbols, "cuDeviceTotalMem_v2", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
  }

  /// @throws DriverException where one of the functions is not there
  static CudaDriver of(SymbolLookup symbols) throws DriverException {
    return new CudaDriver(symbols);
  }

  /// The newest CUDA that the driver serves; needs no [#initialise()].
  CudaVersion version() throws DriverException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
      driverGetVersion.call(number);
      return CudaVersion.ofDriver(number.get(ValueLayout.JAVA_INT, 0));
    }
  }

  /// Gets the driver ready; again and again does no harm.
  void initialise() throws DriverException {
    init.call(0);
  }

  int count() throws DriverException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
      deviceGetCount.call(count);
      return count.get(ValueLayout.JAVA_INT, 0);
    }
  }

  CudaDevice device(int ordinal) throws DriverException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle = arena.allocate(ValueLayout.JAVA_INT);
      deviceGet.call(handle, ordinal);
      int device = handle.get(ValueLayout.JAVA_INT, 0);
      // One byte more than the driver is told of, which ends a name that fills the rest.
      MemorySegment name = arena.allocate(NAME_BYTES_MAX + 1);
      deviceGetName.call(name, NAME_BYTES_MAX, device);
      MemorySegment memory = arena.allocate(ValueLayout.JAVA_LONG);
      deviceTotalMem.call(memory, device);
      return new CudaDevice(
          name.getString(0),
          attribute(arena, CAPABILITY_MAJOR, device),
          attribute(arena, CAPABILITY_MINOR, device),
          memory.get(ValueLayout.JAVA_LONG, 0));
    }
  }

  private int attribute(Arena arena, int attribute, int device) throws DriverException {
    MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
    deviceGetAttribute.call(value, attribute, device);
    return value.get(ValueLayout.JAVA_INT, 0);
  }

  @SuppressWarnings("restricted")
  private static Function function(SymbolLookup symbols, String name, MemoryLayout... arguments)
      throws DriverException {
    MemorySegment address = symbols.find(name).orElseThrow(() -> DriverException.ofAbsent(name));
    return new Function(
        name,
        Linker.nativeLinker()
            .downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments)));
  }
}
