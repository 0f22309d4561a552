package dev.alicorn.engine.failpoint;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.locks.LockSupport;

/// The signal that cannot be caught, sent to this process by itself.
@SuppressWarnings("restricted")
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

  /// Never returns. The first process of a PID namespace, whom its own signals cannot kill, stands
  /// still here until somebody outside does.
  static void self() {
    try {
      int _ = (int) KILL.invokeExact(PID, SIGKILL);
    } catch (Throwable e) {
      throw new IllegalStateException("this process cannot be killed", e);
    }
    while (true) {
      LockSupport.park();
    }
  }
}
