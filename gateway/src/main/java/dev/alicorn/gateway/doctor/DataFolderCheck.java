package dev.alicorn.gateway.doctor;

import dev.alicorn.engine.job.DiskReserve;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Whether jobs can lie where they are to lie: a folder that can be written, with room, on a file
/// system that keeps them.
///
/// @param reserve what jobs leave free there
record DataFolderCheck(DataFolder folder, DiskReserve reserve) implements Check {
  private static final String ELSEWHERE = "name a folder on a local disk with --data";

  @Override
  public String subject() {
    return "data folder";
  }

  @Override
  public Diagnosis look() {
    Path existing = folder.existing();
    if (Files.exists(existing) && !Files.isDirectory(existing)) {
      return Diagnosis.fail(
          existing + " is a file, so no folder can be there; name another with --data");
    }
    try (FileChannel _ = folder.scratch()) {
      return written(existing);
    } catch (IOException e) {
      return Diagnosis.fail(
          existing
              + " cannot be written ("
              + DataFolder.reason(e)
              + "); make it writable, or name another folder with --data");
    }
  }

  private Diagnosis written(Path existing) throws IOException {
    Optional<String> shortage = reserve.shortage(existing, false);
    if (shortage.isPresent()) {
      return Diagnosis.fail(shortage.get());
    }
    FileStore store = Files.getFileStore(existing);
    String sentence =
        folder.path()
            + (existing.equals(folder.path()) ? "" : " (not there yet)")
            + ", "
            + store.type()
            + ", "
            + Figures.bytes(reserve.free().freeBytes(existing))
            + " free, "
            + Figures.bytes(reserve.bytes())
            + " of it in reserve";
    return switch (FileSystemKind.of(store.type())) {
      case LOCAL -> Diagnosis.ok(sentence);
      case MEMORY ->
          Diagnosis.warn(
              sentence + "; that is memory, and jobs go when the machine stops: " + ELSEWHERE);
      case CONTAINER ->
          Diagnosis.warn(
              sentence
                  + "; that goes with the container, and jobs with it: mount a volume there, or "
                  + ELSEWHERE);
      case NETWORK ->
          Diagnosis.warn(
              sentence
                  + "; that is on another machine, where what is promised of a journal is not tested: "
                  + ELSEWHERE);
    };
  }
}
