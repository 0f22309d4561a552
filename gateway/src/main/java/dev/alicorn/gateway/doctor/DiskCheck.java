package dev.alicorn.gateway.doctor;

import dev.alicorn.engine.job.DiskReserve;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;

/// Whether the disk of the data folder keeps up with journals and datasets, by 64 MB written there.
///
/// @param reserve what jobs leave free there, which this does not touch either
/// @param barrierInterval what journals are to be synced within
record DiskCheck(DataFolder folder, DiskReserve reserve, Duration barrierInterval)
    implements Check {
  private static final double BYTES_PER_SECOND_MIN = 10e6;

  @Override
  public String subject() {
    return "disk";
  }

  @Override
  public Verdict whenLate() {
    return Verdict.WARN;
  }

  @Override
  public Diagnosis look() throws InterruptedException {
    Path existing = folder.existing();
    try (FileChannel file = folder.scratch()) {
      return reserve.free().freeBytes(existing) < reserve.bytes() + 2 * DiskSpeed.BYTES
          ? Diagnosis.none("not measured, since too little of it is free")
          : judge(DiskSpeed.of(file));
    } catch (ClosedByInterruptException _) {
      throw new InterruptedException();
    } catch (IOException e) {
      return Diagnosis.none(
          "not measured, since the data folder cannot be written (" + DataFolder.reason(e) + ")");
    }
  }

  Diagnosis judge(DiskSpeed speed) {
    String sentence =
        "takes "
            + Figures.bytes((long) speed.writtenBytesPerSecond())
            + " a second, and "
            + Figures.time(speed.syncMedian())
            + " for a sync";
    if (speed.syncMedian().compareTo(barrierInterval) > 0) {
      return Diagnosis.warn(
          sentence
              + ", longer than the %s of journal.barrier_interval, so replies wait for their place in the journal; name a folder on a faster disk with --data"
                  .formatted(Figures.time(barrierInterval)));
    }
    return speed.writtenBytesPerSecond() < BYTES_PER_SECOND_MIN
        ? Diagnosis.warn(
            sentence
                + "; datasets are written slowly there: name a folder on a faster disk with --data")
        : Diagnosis.ok(sentence);
  }
}
