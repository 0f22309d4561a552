package dev.alicorn.engine.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// A file, or a folder, as a disk under a page cache holds it: of each page and of the length the
/// state at the last barrier, and all that was seen since, any of which may be on the disk.
final class SimulatedFile {
  static final int PAGE_BYTES = 4096;

  private static final byte[] BLANK = new byte[PAGE_BYTES];

  private final boolean folder;
  private final List<List<byte[]>> pages = new ArrayList<>();
  private List<Long> lengths = new ArrayList<>(List.of(0L));

  SimulatedFile(boolean folder) {
    this.folder = folder;
  }

  /// Another file in the same state.
  SimulatedFile(SimulatedFile other) {
    this.folder = other.folder;
    other.pages.forEach(states -> pages.add(new ArrayList<>(states)));
    this.lengths = new ArrayList<>(other.lengths);
  }

  boolean isFolder() {
    return folder;
  }

  boolean isBlank() {
    return lengths.getLast() == 0;
  }

  /// Takes in what the file holds now: `used` bytes, and zeros up to its length.
  void observe(byte[] bytes, int used, long length) {
    for (int page = 0; page * PAGE_BYTES < used || page < pages.size(); page++) {
      int from = page * PAGE_BYTES;
      int to = Math.min(from + PAGE_BYTES, used);
      if (page == pages.size()) {
        pages.add(new ArrayList<>(List.of(BLANK)));
      }
      List<byte[]> states = pages.get(page);
      if (to <= from ? !isZero(states.getLast()) : !same(states.getLast(), bytes, from, to)) {
        states.add(
            to <= from ? BLANK : Arrays.copyOf(Arrays.copyOfRange(bytes, from, to), PAGE_BYTES));
      }
    }
    if (lengths.getLast() != length) {
      lengths.add(length);
    }
  }

  /// A barrier was completed: what was seen last is on the disk.
  void force() {
    pages.forEach(states -> states.subList(0, states.size() - 1).clear());
    lengths.subList(0, lengths.size() - 1).clear();
  }

  /// What a power cut leaves of the file.
  DiskImage.Content content(Cut cut, Random random) {
    List<byte[]> left = new ArrayList<>();
    int hole = cut == Cut.HOLE ? unforced(random) : -1;
    for (int page = 0; page < pages.size(); page++) {
      List<byte[]> states = pages.get(page);
      int last = states.size() - 1;
      left.add(
          switch (cut) {
            case NOTHING_NEW -> states.getFirst();
            case ALL_NEW -> states.getLast();
            case ANY -> states.get(random.nextInt(states.size()));
            case HEADER_NEW -> states.get(page == 0 ? last : 0);
            case HEADER_OLD -> states.get(page == 0 ? 0 : last);
            case HOLE -> states.get(page == hole ? 0 : last);
            case TORN -> torn(states, random);
          });
    }
    long length =
        switch (cut) {
          case NOTHING_NEW -> lengths.getFirst();
          case ANY -> lengths.get(random.nextInt(lengths.size()));
          case ALL_NEW, HEADER_NEW, HEADER_OLD, HOLE, TORN -> lengths.getLast();
        };
    return new DiskImage.Content(left, length);
  }

  private int unforced(Random random) {
    List<Integer> unforced = new ArrayList<>();
    for (int page = 0; page < pages.size(); page++) {
      if (pages.get(page).size() > 1) {
        unforced.add(page);
      }
    }
    return unforced.isEmpty() ? -1 : unforced.get(random.nextInt(unforced.size()));
  }

  /// A page that went to the disk while it was being written: it changes from one state to the next
  /// at some byte, and the first word of the change may be that of a record that was begun.
  private static byte[] torn(List<byte[]> states, Random random) {
    int at = random.nextInt(states.size());
    if (at == 0) {
      return states.getFirst();
    }
    byte[] before = states.get(at - 1);
    byte[] after = states.get(at);
    byte[] torn = after.clone();
    int cut = random.nextInt(PAGE_BYTES + 1);
    System.arraycopy(before, cut, torn, cut, PAGE_BYTES - cut);
    int first = Arrays.mismatch(before, after) & -Integer.BYTES;
    if (random.nextBoolean() && Envelope.getInt(before, first) == 0) {
      Arrays.fill(torn, first, first + Integer.BYTES, (byte) 0);
      torn[first + Integer.BYTES - 1] = (byte) 0x80;
    }
    return torn;
  }

  private static boolean isZero(byte[] page) {
    return Arrays.equals(page, BLANK);
  }

  private static boolean same(byte[] page, byte[] bytes, int from, int to) {
    return Arrays.equals(page, 0, to - from, bytes, from, to)
        && Arrays.equals(page, to - from, PAGE_BYTES, BLANK, to - from, PAGE_BYTES);
  }
}
