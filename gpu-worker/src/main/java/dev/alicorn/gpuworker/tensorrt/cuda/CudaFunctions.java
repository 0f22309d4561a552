package dev.alicorn.gpuworker.tensorrt.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.EnumMap;
import java.util.Map;

/// The functions of the CUDA driver by which work is given to a device; the one place where their
/// answers are looked at.
final class CudaFunctions {

  /// A function of NVIDIA's driver API; all of them answer with a status. Handles and device
  /// addresses are 64-bit numbers.
  enum Function {
    INIT("cuInit", JAVA_INT),
    DEVICE_GET("cuDeviceGet", ADDRESS, JAVA_INT),
    CONTEXT_RETAIN("cuDevicePrimaryCtxRetain", ADDRESS, JAVA_INT),
    CONTEXT_RELEASE("cuDevicePrimaryCtxRelease_v2", JAVA_INT),
    CONTEXT_ENTER("cuCtxSetCurrent", JAVA_LONG),
    MEMORY_ALLOCATE("cuMemAlloc_v2", ADDRESS, JAVA_LONG),
    MEMORY_FREE("cuMemFree_v2", JAVA_LONG),
    PINNED_ALLOCATE("cuMemHostAlloc", ADDRESS, JAVA_LONG, JAVA_INT),
    PINNED_FREE("cuMemFreeHost", JAVA_LONG),
    COPY_IN("cuMemcpyHtoDAsync_v2", JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG),
    COPY_OUT("cuMemcpyDtoHAsync_v2", ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG),
    STREAM_CREATE("cuStreamCreate", ADDRESS, JAVA_INT),
    STREAM_DESTROY("cuStreamDestroy_v2", JAVA_LONG),
    STREAM_WAIT("cuStreamSynchronize", JAVA_LONG),
    EVENT_CREATE("cuEventCreate", ADDRESS, JAVA_INT),
    EVENT_DESTROY("cuEventDestroy_v2", JAVA_LONG),
    EVENT_RECORD("cuEventRecord", JAVA_LONG, JAVA_LONG),
    EVENT_WAIT("cuEventSynchronize", JAVA_LONG),
    CAPTURE_BEGIN("cuStreamBeginCapture_v2", JAVA_LONG, JAVA_INT),
    CAPTURE_END("cuStreamEndCapture", JAVA_LONG, ADDRESS),
    GRAPH_INSTANTIATE("cuGraphInstantiateWithFlags", ADDRESS, JAVA_LONG, JAVA_LONG),
    GRAPH_DESTROY("cuGraphDestroy", JAVA_LONG),
    GRAPH_LAUNCH("cuGraphLaunch", JAVA_LONG, JAVA_LONG),
    GRAPH_FREE("cuGraphExecDestroy", JAVA_LONG);

    private final String symbol;

    // A descriptor cannot be changed, which Error Prone does not know.
    @SuppressWarnings("ImmutableEnumChecker")
    private final FunctionDescriptor descriptor;

    Function(String symbol, MemoryLayout... arguments) {
      this.symbol = symbol;
      this.descriptor = FunctionDescriptor.of(JAVA_INT, arguments);
    }

    String symbol() {
      return symbol;
    }

    FunctionDescriptor descriptor() {
      return descriptor;
    }
  }

  private final Map<Function, MethodHandle> handles = new EnumMap<>(Function.class);

  /// @throws DeviceException where the driver lacks one
  @SuppressWarnings("restricted")
  CudaFunctions(SymbolLookup driver) throws DeviceException {
    for (Function function : Function.values()) {
      handles.put(
          function,
          Linker.nativeLinker()
              .downcallHandle(
                  driver
                      .find(function.symbol())
                      .orElseThrow(() ->
                          DeviceException.ofRefusal(
                              function.symbol(), "the NVIDIA driver does not have it")),
                  function.descriptor()));
    }
  }

  /// @throws DeviceException where it gives any status but success
  void call(Function function, Object... arguments) throws DeviceException {
    CudaStatus status;
    try {
      status = new CudaStatus((int) handle(function).invokeWithArguments(arguments));
    } catch (Throwable e) {
      throw new IllegalStateException(function.symbol() + " cannot be called", e);
    }
    if (!status.equals(CudaStatus.SUCCESS)) {
      throw DeviceException.ofStatus(function.symbol(), status);
    }
  }

  private MethodHandle handle(Function function) {
    MethodHandle handle = handles.get(function);
    if (handle == null) {
      throw new AssertionError(function);
    }
    return handle;
  }
}
