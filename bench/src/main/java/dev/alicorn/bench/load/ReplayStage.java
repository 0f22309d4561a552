package dev.alicorn.bench.load;

import dev.alicorn.bench.measure.ChildProcess;
import dev.alicorn.bench.measure.JavaCommand;
import dev.alicorn.engine.replay.Replay;
import dev.alicorn.engine.replay.ReplayStages;
import dev.alicorn.engine.replay.SyntheticJournal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// One stage of a replay in a Java of its own, with a heap of 512 MiB, so that none warms another
/// up.
enum ReplayStage {
  WRITE_JOURNAL {
    @Override
    void run(Path folder, int records, int dimension) throws Exception {
      SyntheticJournal.write(folder.resolve("journal"), records, dimension);
    }
  },
  SCATTER {
    @Override
    void run(Path folder, int records, int dimension) throws Exception {
      ReplayStages.scatter(folder.resolve("journal"), folder.resolve("scattered"));
    }
  },
  WHOLE {
    @Override
    void run(Path folder, int records, int dimension) throws Exception {
      Replay.of(folder.resolve("journal"), "bench").into(folder.resolve("whole"));
    }
  },
  PARQUET_ALONE {
    @Override
    void run(Path folder, int records, int dimension) throws Exception {
      alone(folder, records, dimension, "parquet");
    }
  },
  TRAINER_ALONE {
    @Override
    void run(Path folder, int records, int dimension) throws Exception {
      alone(folder, records, dimension, "trainer");
    }
  };

  static final String HEAP = "-Xmx512m";

  /// @param folder holds `journal`
  abstract void run(Path folder, int records, int dimension) throws Exception;

  /// Feeds a format with rows that lie ready in memory.
  private static void alone(Path folder, int records, int dimension, String format)
      throws Exception {
    double seconds =
        WriterAlone.prepare(folder, format, dimension)
            .seconds(folder.resolve("alone-" + format), records);
    System.out.println("seconds " + seconds);
  }

  /// Runs the stage in a child; its seconds, the start of the Java left out.
  double seconds(Path folder, int records, int dimension) throws Exception {
    ChildProcess child =
        ChildProcess.run(
                Map.of(),
                JavaCommand.of(
                    List.of(HEAP),
                    ReplayStage.class.getName(),
                    List.of(
                        name(),
                        folder.toString(),
                        Integer.toString(records),
                        Integer.toString(dimension))))
            .orThrow();
    return child
        .output()
        .lines()
        .filter(line -> line.startsWith("seconds "))
        .mapToDouble(line -> Double.parseDouble(line.substring("seconds ".length())))
        .findFirst()
        .orElseThrow();
  }

  static void main(String[] arguments) throws Exception {
    long start = System.nanoTime();
    valueOf(arguments[0])
        .run(Path.of(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
    System.out.println("seconds " + (System.nanoTime() - start) / 1e9);
  }
}
