package dev.alicorn.engine.kill;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Where jobs are killed: a folder, what their processes need, and what undisturbed ones make.
public final class KillGround {
  private final Path folder;
  private final ChildJvm jvm;
  private final Map<JobShape, Undisturbed> undisturbed = new HashMap<>();
  private int jobs;

  private KillGround(Path folder, ChildJvm jvm) {
    this.folder = folder;
    this.jvm = jvm;
  }

  /// Gets ready; the first undisturbed run leaves its classes for all later processes.
  public static KillGround prepare(Path folder, List<JobShape> shapes) throws Exception {
    KillGround ground = new KillGround(folder, ChildJvm.prepare(folder.resolve("jvm")));
    for (JobShape shape : shapes) {
      try (KilledJob job = ground.begin(shape)) {
        if (Files.notExists(ground.jvm.archive())) {
          Process archiving =
              ground.jvm.startArchiving(JobMain.class, job.errors(), job.arguments());
          archiving.getInputStream().transferTo(OutputStream.nullOutputStream());
          archiving.waitFor();
        } else {
          job.complete();
        }
        ground.undisturbed.put(shape, Undisturbed.of(job.journal(), job.dataset()));
        ground.remove(job);
      }
    }
    return ground;
  }

  /// The same jobs, each process started by another command.
  public KillGround within(List<String> command) {
    KillGround ground = new KillGround(folder.resolve("within"), jvm.within(command));
    ground.undisturbed.putAll(undisturbed);
    return ground;
  }

  /// A new job.
  ///
  /// @param shape one of those that this was prepared for
  public KilledJob begin(JobShape shape) throws IOException {
    return KilledJob.begin(jvm, folder.resolve("job-" + ++jobs), shape);
  }

  /// The account of a completed job, whose files are removed where all is well.
  public KillFigures account(KilledJob job) throws Exception {
    Undisturbed wanted = undisturbed.get(job.shape());
    if (wanted == null) {
      throw new IllegalArgumentException("no undisturbed run of " + job.shape());
    }
    KillFigures figures = job.account(wanted);
    if (figures.good()) {
      remove(job);
    }
    return figures;
  }

  private void remove(KilledJob job) throws IOException {
    List<Path> bottomUp;
    try (Stream<Path> tree = Files.walk(job.folder())) {
      bottomUp = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : bottomUp) {
      Files.delete(path);
    }
  }
}
