package dev.alicorn.gpuworker.device;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A CUDA driver of some devices that do not exist: native functions with the signatures of
/// NVIDIA's, which write through the pointers that they are given.
final class ScriptedDriver {
  /// What tells a device's handle from its ordinal.
  private static final int HANDLE_OFFSET = 70;

  // Codes of CUresult. An exception would end the process: nothing native can catch it.
  private static final int INVALID_VALUE = 1;
  private static final int NOT_INITIALISED = 3;
  private static final int INVALID_DEVICE = 101;

  private final int version;
  private final List<CudaDevice> devices;
  private final Map<String, Integer> codes = new HashMap<>();
  private final Map<String, MemorySegment> functions = new HashMap<>();
  private boolean initialised;

  ScriptedDriver(Arena arena, int version, List<CudaDevice> devices) {
    this.version = version;
    this.devices = devices;
    define(arena, "cuInit", ValueLayout.JAVA_INT);
    define(arena, "cuDriverGetVersion", pointer(4));
    define(arena, "cuDeviceGetCount", pointer(4));
    define(arena, "cuDeviceGet", pointer(4), ValueLayout.JAVA_INT);
    define(arena, "cuDeviceGetName", pointer(256), ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    define(arena, "cuDeviceGetAttribute", pointer(4), ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    define(arena, "cuDeviceTotalMem_v2", pointer(8), ValueLayout.JAVA_INT);
  }

  /// Has a function fail from now on.
  ScriptedDriver failing(String function, int code) {
    codes.put(function, code);
    return this;
  }

  /// Has it lack a function.
  ScriptedDriver without(String function) {
    functions.remove(function);
    return this;
  }

  SymbolLookup symbols() {
    return name -> Optional.ofNullable(functions.get(name));
  }

  int cuInit(int flags) {
    initialised = flags == 0;
    return code("cuInit");
  }

  int cuDriverGetVersion(MemorySegment target) {
    target.set(ValueLayout.JAVA_INT, 0, version);
    return code("cuDriverGetVersion");
  }

  int cuDeviceGetCount(MemorySegment target) {
    target.set(ValueLayout.JAVA_INT, 0, devices.size());
    return ready("cuDeviceGetCount");
  }

  int cuDeviceGet(MemorySegment target, int ordinal) {
    target.set(ValueLayout.JAVA_INT, 0, HANDLE_OFFSET + ordinal);
    return ready("cuDeviceGet");
  }

  int cuDeviceGetName(MemorySegment target, int bytesMax, int device) {
    if (isUnknown(device)) {
      return INVALID_DEVICE;
    }
    byte[] name = of(device).name().getBytes(StandardCharsets.UTF_8);
    int length = Math.min(name.length, bytesMax);
    MemorySegment.copy(name, 0, target, ValueLayout.JAVA_BYTE, 0, length);
    return ready("cuDeviceGetName");
  }

  int cuDeviceGetAttribute(MemorySegment target, int attribute, int device) {
    if (isUnknown(device)) {
      return INVALID_DEVICE;
    }
    switch (attribute) {
      case 75 -> target.set(ValueLayout.JAVA_INT, 0, of(device).capabilityMajor());
      case 76 -> target.set(ValueLayout.JAVA_INT, 0, of(device).capabilityMinor());
      default -> {
        return INVALID_VALUE;
      }
    }
    return ready("cuDeviceGetAttribute");
  }

  int cuDeviceTotalMem(MemorySegment target, int device) {
    if (isUnknown(device)) {
      return INVALID_DEVICE;
    }
    target.set(ValueLayout.JAVA_LONG, 0, of(device).memoryBytes());
    return ready("cuDeviceTotalMem_v2");
  }

  private CudaDevice of(int device) {
    return devices.get(device - HANDLE_OFFSET);
  }

  private boolean isUnknown(int device) {
    return device < HANDLE_OFFSET || device >= HANDLE_OFFSET + devices.size();
  }

  private int code(String function) {
    return codes.getOrDefault(function, 0);
  }

  private int ready(String function) {
    return initialised ? code(function) : NOT_INITIALISED;
  }

  @SuppressWarnings("restricted")
  private static MemoryLayout pointer(long bytes) {
    return ValueLayout.ADDRESS.withTargetLayout(
        MemoryLayout.sequenceLayout(bytes, ValueLayout.JAVA_BYTE));
  }

  @SuppressWarnings("restricted")
  private void define(Arena arena, String name, MemoryLayout... arguments) {
    FunctionDescriptor descriptor = FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments);
    MethodType type = descriptor.toMethodType();
    try {
      MethodHandle method = MethodHandles.lookup().bind(this, name.replace("_v2", ""), type);
      functions.put(name, Linker.nativeLinker().upcallStub(method, descriptor, arena));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
