package dev.alicorn.engine.failpoint;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// What the changed code calls in the process that is to be killed or held.
///
/// It prints a line for whoever watches: `durable {seq}` when facts up to a seq are about to be
/// acknowledged, `killed {failpoint}` and `held {failpoint}`.
public final class Failpoints {
  /// Written to without a buffer: what is in the pipe outlives the process.
  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private static final Map<Failpoint, Armed> ARMED = new EnumMap<>(Failpoint.class);

  private record Armed(AtomicInteger hitsLeft, boolean holds) {}

  private Failpoints() {}

  /// Kills the process at a hit of a failpoint, the first being 1, or holds the thread that is
  /// there until it is interrupted; called before anything is hit.
  static void arm(Failpoint failpoint, int hit, boolean holds) {
    ARMED.put(failpoint, new Armed(new AtomicInteger(hit), holds));
  }

  /// Called by the changed code at an armed failpoint.
  public static void reached(String name) {
    Failpoint failpoint = Failpoint.valueOf(name);
    Armed armed = ARMED.get(failpoint);
    if (armed == null || armed.hitsLeft().decrementAndGet() != 0) {
      return;
    }
    if (armed.holds()) {
      print("held " + failpoint);
      while (!Thread.currentThread().isInterrupted()) {
        LockSupport.park();
      }
    } else {
      print("killed " + failpoint);
      Sigkill.self();
    }
  }

  /// Called by the changed code when a barrier has covered all facts up to a seq.
  public static void durable(long seq) {
    print("durable " + seq);
  }

  private static void print(String line) {
    try {
      OUT.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
