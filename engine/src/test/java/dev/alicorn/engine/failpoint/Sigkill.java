package dev.alicorn.engine.failpoint;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The signal that cannot be caught, sent to this process by itself: the call does not come back,
/// and no other thread goes on behind it.
final class Sigkill {
  private static final int SIGKILL = 9;
  private static final int PID = Math.toIntExact(ProcessHandle.current().pid());
  private static final MethodHandle KILL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private Sigkill() {}

  /// Looks the system call up, so that the kill itself is immediate.
  static void prepare() {
    KILL.type();
  }

  static void self() {
    try {
      int failed = (int) KILL.invokeExact(PID, SIGKILL);
      throw new IllegalStateException("kill -9 of this process gave " + failed);
    } catch (Throwable e) {
      throw new IllegalStateException("this process cannot be killed", e);
    }
  }
}
