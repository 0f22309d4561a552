package dev.alicorn.engine.journal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is on the disk of a folder that is being written, and what is only in the page cache: files
/// by the names they had at the last barrier of their folder and since.
///
/// It sees the folder when it is told to look. A file belongs to its inode, so that a rename moves
/// it; what lies in the folder at first is taken for durable. Chronicle's tables are left out:
/// nothing is read from them. Thread-safe.
final class SimulatedDisk {
  private static final int LOOKS_MAX = 1_000;

  private final Path root;
  private final Map<Object, SimulatedFile> files = new HashMap<>();
  private final SortedMap<Path, List<@Nullable SimulatedFile>> names = new TreeMap<>();
  private final UsedBytes usedBytes = new UsedBytes();

  private SimulatedDisk(Path root) {
    this.root = root;
  }

  /// The disk of a folder, all of which is durable.
  static SimulatedDisk settled(Path root) throws IOException {
    SimulatedDisk disk = new SimulatedDisk(root);
    disk.observe();
    disk.files.values().forEach(SimulatedFile::force);
    disk.names.values().forEach(states -> states.subList(0, states.size() - 1).clear());
    return disk;
  }

  /// The same state, to be compared with nothing any more.
  synchronized SimulatedDisk frozen() {
    SimulatedDisk copy = new SimulatedDisk(root);
    IdentityHashMap<SimulatedFile, SimulatedFile> copies = new IdentityHashMap<>();
    names.forEach((name, states) -> {
      List<@Nullable SimulatedFile> copied = new ArrayList<>();
      for (SimulatedFile state : states) {
        copied.add(state == null ? null : copies.computeIfAbsent(state, SimulatedFile::new));
      }
      copy.names.put(name, copied);
    });
    return copy;
  }

  /// Goes on with the state of a frozen disk in an empty folder, as the next process does behind
  /// one that was killed: it finds all that was written, durable or not.
  SimulatedDisk movedTo(Path folder) throws IOException {
    image(Cut.ALL_NEW, new Random(0)).write(folder, false);
    SimulatedDisk moved = new SimulatedDisk(folder);
    for (var name : names.entrySet()) {
      SimulatedFile file = name.getValue().getLast();
      if (file != null) {
        moved.files.put(key(folder.resolve(name.getKey().toString())), file);
      }
      moved.names.put(name.getKey(), new ArrayList<>(name.getValue()));
    }
    return moved;
  }

  /// Takes in what the folder holds now.
  synchronized void observe() throws IOException {
    for (int looks = 1; ; looks++) {
      try {
        take(look());
        return;
      } catch (NoSuchFileException | FileNotFoundException e) {
        // Something was renamed or removed meanwhile.
        if (looks == LOOKS_MAX) {
          throw e;
        }
      }
    }
  }

  private Map<Path, SimulatedFile> look() throws IOException {
    Map<Path, SimulatedFile> found = new HashMap<>();
    Path newest = newestIncarnation();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            if (!path.equals(root)) {
              found.put(root.relativize(path), file(attributes));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            if (!path.toString().endsWith(".cq4t")) {
              SimulatedFile file = file(attributes);
              // Earlier incarnations are never written to.
              if (file.isBlank() || path.startsWith(newest) || !path.toString().endsWith(".cq4")) {
                usedBytes.read(path, file);
              }
              found.put(root.relativize(path), file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private void take(Map<Path, SimulatedFile> found) {
    for (Path name : found.keySet()) {
      names.computeIfAbsent(name, _ -> new ArrayList<>(Collections.singletonList(null)));
    }
    names.forEach((name, states) -> {
      if (states.getLast() != found.get(name)) {
        states.add(found.get(name));
      }
    });
    // The number of an inode without a name may be given to another file.
    files.values().retainAll(new HashSet<>(found.values()));
  }

  /// A barrier of a file was completed.
  synchronized void force(Path path) {
    List<@Nullable SimulatedFile> states = names.get(root.relativize(path));
    Objects.requireNonNull(Objects.requireNonNull(states).getLast()).force();
  }

  /// A barrier of the names in a folder was completed.
  synchronized void forceNames(Path folder) {
    names.forEach((name, states) -> {
      if (folder.equals(root.resolve(name).getParent())) {
        states.subList(0, states.size() - 1).clear();
      }
    });
  }

  /// A folder was completed, with barriers of all that is in it and of its name.
  synchronized void forceTree(Path folder) {
    names.forEach((name, states) -> {
      if (root.resolve(name).startsWith(folder)) {
        states.subList(0, states.size() - 1).clear();
        SimulatedFile file = states.getLast();
        if (file != null) {
          file.force();
        }
      }
    });
  }

  /// What a power cut at this moment may leave.
  synchronized DiskImage image(Cut cut, Random random) {
    SortedMap<Path, DiskImage.Entry> entries = new TreeMap<>();
    Set<Path> folders = new HashSet<>();
    names.forEach((name, states) -> {
      int state =
          switch (cut) {
            case NOTHING_NEW -> 0;
            case ANY -> random.nextInt(states.size());
            case ALL_NEW, HEADER_NEW, HEADER_OLD, HOLE, TORN -> states.size() - 1;
          };
      SimulatedFile file = states.get(state);
      Path parent = name.getParent();
      if (file != null && (parent == null || folders.contains(parent))) {
        if (file.isFolder()) {
          folders.add(name);
        }
        entries.put(name, new DiskImage.Entry(file.isFolder(), file.content(cut, random)));
      }
    });
    return new DiskImage(entries);
  }

  private Path newestIncarnation() throws IOException {
    JournalFolder journal = new JournalFolder(root.resolve(PowerCutHistory.JOURNAL));
    List<Integer> incarnations = journal.incarnations();
    return incarnations.isEmpty() ? root : journal.incarnation(incarnations.getLast());
  }

  private SimulatedFile file(BasicFileAttributes attributes) {
    return files.computeIfAbsent(
        attributes.fileKey(), _ -> new SimulatedFile(attributes.isDirectory()));
  }

  private static Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }
}
