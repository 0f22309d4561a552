package dev.alicorn.gpuworker.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The end of this process without exit handlers: POSIX `_exit`.
///
/// `Runtime.halt` runs the destructors of native libraries, under the feet of their threads where
/// these are at work, and the process then ends in a segmentation fault and its report.
public final class ImmediateExit {
  private ImmediateExit() {}

  @SuppressWarnings("restricted")
  public static void with(int status) {
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle exit =
          linker.downcallHandle(
              linker.defaultLookup().find("_exit").orElseThrow(),
              FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
      exit.invokeExact(status);
    } catch (Throwable _) {
      Runtime.getRuntime().halt(status);
    }
  }
}
