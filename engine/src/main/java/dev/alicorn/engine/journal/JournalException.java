package dev.alicorn.engine.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What keeps a journal from being opened, read or written: one sentence that says what, where and
/// how to mend it.
public final class JournalException extends Exception {
  private static final long serialVersionUID = 1L;

  /// What sort of trouble it is.
  public enum Kind {
    /// Facts that were durable are damaged or missing.
    CORRUPT,
    /// A newer Alicorn wrote it.
    UNSUPPORTED,
    /// Another process works in the folder.
    LOCKED,
    /// The folder holds no journal.
    ABSENT,
    /// The file system refused a read or a write.
    IO,
    /// The disk has no room for what was to be appended.
    NO_SPACE,
    /// The journal is closed or has failed: nothing more is appended or awaited.
    CLOSED
  }

  private final Kind kind;
  private final String what;
  private final transient Path file;
  private final long offset;
  private final long seq;
  private final String mend;

  private JournalException(
      Kind kind,
      String what,
      Path file,
      long offset,
      long seq,
      String mend,
      @Nullable Throwable cause) {
    super(sentence(what, file, offset, seq, mend), cause);
    this.kind = kind;
    this.what = what;
    this.file = file;
    this.offset = offset;
    this.seq = seq;
    this.mend = mend;
  }

  static JournalException corrupt(String what, Place place, long seq) {
    return new JournalException(
        Kind.CORRUPT,
        what,
        place.file(),
        place.offset(),
        seq,
        "restore the journal folder from a copy, or replay what is before this with --until "
            + (seq - 1),
        null);
  }

  static JournalException corrupt(String what, Place place) {
    return new JournalException(
        Kind.CORRUPT,
        what,
        place.file(),
        place.offset(),
        -1,
        "check the journal with `alicorn journal verify`",
        null);
  }

  static JournalException unknown(String what, Place place, long seq) {
    return new JournalException(
        Kind.UNSUPPORTED,
        what,
        place.file(),
        place.offset(),
        seq,
        "use the Alicorn that wrote it",
        null);
  }

  static JournalException of(Kind kind, String what, Path file, String mend) {
    return new JournalException(kind, what, file, -1, -1, mend, null);
  }

  static JournalException io(String what, Path file, IOException cause) {
    return new JournalException(
        Kind.IO,
        what + " (" + cause + ")",
        file,
        -1,
        -1,
        "check the disk and the rights of the folder",
        cause);
  }

  static JournalException closed(Path folder, @Nullable Throwable cause) {
    return new JournalException(
        Kind.CLOSED,
        "the journal takes no more facts" + (cause == null ? "" : ", it failed: " + cause),
        folder,
        -1,
        -1,
        "start the job again to go on from what is durable",
        cause);
  }

  /// Which sort of trouble it is.
  public Kind kind() {
    return kind;
  }

  /// What is wrong, without place and mend.
  public String what() {
    return what;
  }

  /// The file or folder that it is about.
  public Path file() {
    return file;
  }

  /// The byte in that file, where it is about one.
  public OptionalLong offset() {
    return offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  /// The fact that should stand there, where it is about one.
  public OptionalLong seq() {
    return seq < 0 ? OptionalLong.empty() : OptionalLong.of(seq);
  }

  /// What the reader of the message can do.
  public String mend() {
    return mend;
  }

  private static String sentence(String what, Path file, long offset, long seq, String mend) {
    return what
        + ": "
        + file
        + Optional.of(offset).filter(o -> o >= 0).map(o -> ", byte " + o).orElse("")
        + Optional.of(seq).filter(s -> s >= 0).map(s -> ", fact " + s).orElse("")
        + "; "
        + mend;
  }
}
