package dev.alicorn.engine.failpoint;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// What the changed code calls in the process that is to be killed.
///
/// It prints a line for whoever watches: `durable {seq}` when facts up to a seq are about to be
/// acknowledged, and `killed {failpoint}`.
public final class Failpoints {
  /// Written to without a buffer: what is in the pipe outlives the process.
  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private static final Map<Failpoint, AtomicInteger> HITS_LEFT = new EnumMap<>(Failpoint.class);

  private Failpoints() {}

  /// Kills the process at a hit of a failpoint, the first being 1; called before anything is hit.
  static void arm(Failpoint failpoint, int hit) {
    HITS_LEFT.put(failpoint, new AtomicInteger(hit));
  }

  /// Called by the changed code at an armed failpoint.
  public static void reached(String name) {
    Failpoint failpoint = Failpoint.valueOf(name);
    AtomicInteger left = HITS_LEFT.get(failpoint);
    if (left != null && left.decrementAndGet() == 0) {
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
