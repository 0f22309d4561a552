package dev.alicorn.engine.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.failpoint.Failpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs whose process is the first of a PID namespace, as in a container: what one holds when it is
/// killed seems to be held by the next, which has the same number.
@Tag("namespaces")
class ProcessOneFaultIT {
  private static final JobShape SHAPE = new JobShape(60, 0, false, 4);
  private static final Integer ROOT = 0;

  @TempDir private Path folder = Path.of("");

  @Test
  void chroniclesWriteLockOfADeadProcessOneHindersNobody() throws Exception {
    KillGround ground = KillGround.prepare(folder, List.of(SHAPE)).within(unshare());
    try (KilledJob job = ground.begin(SHAPE)) {
      for (int hit = 1; hit <= 3; hit++) {
        assertThat(job.liveAndDie(new Kill.AtFailpoint(Failpoint.DURING_APPEND, 20 * hit)))
            .isTrue();
      }
      job.complete();
      KillFigures figures = ground.account(job);
      assertThat(figures.good()).as("%s", figures).isTrue();
    }
  }

  /// A namespace of its own for whatever follows, which dies with this command.
  private static List<String> unshare() throws IOException {
    List<String> command = new ArrayList<>(List.of("unshare"));
    if (!ROOT.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
      command.addAll(List.of("--user", "--map-root-user"));
    }
    command.addAll(List.of("--fork", "--pid", "--mount-proc", "--kill-child"));
    return command;
  }
}
