package dev.alicorn.engine.dataset.read;

import dev.alicorn.engine.format.Fault;
import dev.alicorn.engine.format.FormatException;
import dev.alicorn.protocol.Bytes;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/// The samples of a tar as WebDataset puts them together: members in a row whose names are the same
/// up to the first dot.
final class TarSamples implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MEMBER_BYTES_MAX = 16 << 20;
  private static final int SOON = 64;

  /// @param number counted from 1
  /// @param key its members' names up to the first dot
  /// @param misnamed members whose key has a dot, at which readers cut it
  record Sample(
      long number, String key, Optional<Bytes> json, Optional<Bytes> npy, List<String> misnamed) {
    Sample {
      misnamed = List.copyOf(misnamed);
    }
  }

  private final TarArchiveInputStream tar;
  private @Nullable Member ahead;
  private long samples;

  TarSamples(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    tar = new TarArchiveInputStream(in, StandardCharsets.UTF_8.name());
  }

  /// Whether one of a tar's first members is an array.
  static boolean hasArrays(Path file) throws IOException {
    try (TarSamples tar = new TarSamples(file)) {
      for (int i = 0; i < SOON; i++) {
        Optional<Sample> sample = tar.next();
        if (sample.isEmpty()) {
          return false;
        }
        if (sample.get().npy().isPresent()) {
          return true;
        }
      }
      return false;
    } catch (FormatException _) {
      return false;
    }
  }

  /// How many samples there were so far.
  long read() {
    return samples;
  }

  /// The next sample; empty behind the last.
  Optional<Sample> next() throws FormatException, IOException {
    Member member = ahead == null ? member() : ahead;
    if (member == null) {
      return Optional.empty();
    }
    String key = member.key();
    Bytes json = null;
    Bytes npy = null;
    List<String> misnamed = new ArrayList<>();
    while (member != null && member.key().equals(key)) {
      switch (member.extension()) {
        case "json" -> {
          if (json != null) {
            // A second one is another sample's.
            return taken(member, key, json, npy, misnamed);
          }
          json = member.bytes();
        }
        case "npy" -> {
          if (npy != null) {
            return taken(member, key, json, npy, misnamed);
          }
          npy = member.bytes();
        }
        default -> {
          if (member.extension().endsWith(".json") || member.extension().endsWith(".npy")) {
            misnamed.add(key + "." + member.extension());
          }
        }
      }
      member = member();
    }
    return taken(member, key, json, npy, misnamed);
  }

  private Optional<Sample> taken(
      @Nullable Member next,
      String key,
      @Nullable Bytes json,
      @Nullable Bytes npy,
      List<String> misnamed) {
    ahead = next;
    return Optional.of(
        new Sample(++samples, key, Optional.ofNullable(json), Optional.ofNullable(npy), misnamed));
  }

  private record Member(String key, String extension, Bytes bytes) {}

  private @Nullable Member member() throws FormatException {
    try {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (!entry.isCheckSumOK()) {
          throw damaged("a member's header is not a tar's");
        }
        if (entry.isFile()) {
          return member(entry);
        }
      }
      return null;
    } catch (IOException | IllegalArgumentException e) {
      throw damaged("it breaks off");
    }
  }

  private Member member(TarArchiveEntry entry) throws FormatException, IOException {
    if (entry.getSize() > MEMBER_BYTES_MAX) {
      throw damaged(entry.getName() + " has more than " + MEMBER_BYTES_MAX + " bytes");
    }
    byte[] bytes = tar.readNBytes((int) entry.getSize());
    if (bytes.length < entry.getSize()) {
      throw damaged("it breaks off within " + entry.getName());
    }
    String name = entry.getName();
    int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
    return dot < 0
        ? new Member(name, "", Bytes.EMPTY)
        : new Member(name.substring(0, dot), name.substring(dot + 1), Bytes.wrap(bytes));
  }

  private FormatException damaged(String what) {
    return new FormatException(
        Fault.DAMAGED_TAR, what + " after " + samples + " samples; write it again");
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
