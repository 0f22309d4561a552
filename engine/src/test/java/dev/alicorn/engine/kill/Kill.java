package dev.alicorn.engine.kill;

import dev.alicorn.engine.failpoint.Failpoint;
import dev.alicorn.engine.failpoint.Failpoint.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// When in its life a process is killed.
public sealed interface Kill {
  /// At a failpoint, the first hit being 1; it kills itself.
  record AtFailpoint(Failpoint failpoint, int hit) implements Kill {}

  /// So many requests after its start, and a moment later.
  record AtRequest(long requests, int millis) implements Kill {}

  /// So long after it has begun to open its journal.
  record InRecovery(int millis) implements Kill {}

  /// A draw among all failpoints that a job may still come to.
  ///
  /// @param never whether the job is one of `repeat = never`
  static Kill atFailpoint(RandomGenerator random, boolean never, boolean first, boolean sealed) {
    List<Failpoint> reachable =
        Arrays.stream(Failpoint.values())
            .filter(point -> never || point != Failpoint.BEFORE_INTENT)
            .filter(point -> !first || point.phase() != Phase.FOLD)
            .filter(point -> !sealed || point.phase() != Phase.SEAL)
            .toList();
    return at(reachable.get(random.nextInt(reachable.size())), random);
  }

  /// A random hit of a failpoint.
  static Kill at(Failpoint failpoint, RandomGenerator random) {
    return new AtFailpoint(failpoint, 1 + random.nextInt(failpoint.hitMax()));
  }

  /// Whether it is meant for the time in which a journal is read back.
  default boolean inRecovery() {
    return switch (this) {
      case AtFailpoint at ->
          switch (at.failpoint().phase()) {
            case RECOVERY, FOLD -> true;
            case SEAL, CALLS, WRITES, END -> false;
          };
      case AtRequest _ -> false;
      case InRecovery _ -> true;
    };
  }
}
