package dev.alicorn.engine.replay;

import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.JournalPack;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// A closed journal to be copied file by file in a random order, each file as it is or packed.
public final class JournalCopy {
  private static final int CHUNK_BYTES = 1 << 20;

  private final Path journal;
  private final Path packed;

  private JournalCopy(Path journal, Path packed) {
    this.journal = journal;
    this.packed = packed;
  }

  /// Which of the files that can be packed are.
  public enum Packing {
    NONE,
    SOME,
    ALL
  }

  /// Gets ready to copy a journal.
  ///
  /// @param packed where its packed files will lie
  public static JournalCopy of(Path journal, Path packed) throws IOException, JournalException {
    copy(journal, packed, files(journal));
    JournalPack.Saving saving = JournalPack.pack(packed);
    if (saving.files() == 0) {
      throw new IllegalArgumentException(journal + " has no file that can be packed");
    }
    return new JournalCopy(journal, packed);
  }

  /// Makes a copy where nothing is yet.
  public Path into(Path target, Packing packing, Random random) throws IOException {
    List<Path> order = new ArrayList<>(files(journal));
    Collections.shuffle(order, random);
    for (Path file : order) {
      Path twin = file.resolveSibling(file.getFileName() + ".zst");
      boolean pack =
          Files.exists(packed.resolve(twin))
              && switch (packing) {
                case NONE -> false;
                case SOME -> random.nextBoolean();
                case ALL -> true;
              };
      copy(pack ? packed : journal, target, List.of(pack ? twin : file));
    }
    return target;
  }

  private static void copy(Path from, Path to, List<Path> files) throws IOException {
    for (Path file : files) {
      Path copied = to.resolve(file);
      Files.createDirectories(copied.resolveSibling(""));
      copy(from.resolve(file), copied);
    }
  }

  /// Leaves holes where there is nothing, as Chronicle does.
  private static void copy(Path from, Path to) throws IOException {
    byte[] nothing = new byte[CHUNK_BYTES];
    try (InputStream in = Files.newInputStream(from);
        RandomAccessFile out = new RandomAccessFile(to.toFile(), "rw")) {
      out.setLength(Files.size(from));
      byte[] chunk = in.readNBytes(CHUNK_BYTES);
      for (long at = 0; chunk.length > 0; at += CHUNK_BYTES) {
        if (!Arrays.equals(chunk, 0, chunk.length, nothing, 0, chunk.length)) {
          out.seek(at);
          out.write(chunk);
        }
        chunk = in.readNBytes(CHUNK_BYTES);
      }
    }
  }

  /// Relative to the folder.
  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }
}
