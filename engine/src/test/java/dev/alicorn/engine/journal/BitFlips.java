package dev.alicorn.engine.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Single bits flipped in a journal one after the other, each flipped back: whether the check says
/// so, or nothing comes of it.
///
/// The journal is a [FlippedJournal].
public final class BitFlips {
  private static final int WORD = 4;
  private static final int VIOLATIONS_MAX = 20;

  private final long seed;
  private final Random random;
  private final Path journal;
  private final Map<BitFlipTally.Region, List<Extent>> extents =
      new EnumMap<>(BitFlipTally.Region.class);
  private final List<ByteBuffer> facts = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private long durableSeq;

  /// Bytes of one region.
  private record Extent(Path file, long from, long to) {
    long length() {
      return to - from;
    }
  }

  /// @param at the byte of the file
  private record Flip(BitFlipTally.Region region, Path file, long at, int bit) {}

  private BitFlips(long seed, Path journal) {
    this.seed = seed;
    this.random = new Random(seed);
    this.journal = journal;
  }

  /// Flips bits of one journal; the same seed flips the same ones.
  ///
  /// @param scratch an empty folder, which is empty again at the end; one in memory is best
  public static BitFlipTally run(long seed, long flips, Path scratch) throws Exception {
    Path journal = FlippedJournal.make(seed, scratch);
    BitFlips bits = new BitFlips(seed, journal);
    bits.survey();
    BitFlipTally tally = bits.flip(flips);
    Scratch.delete(journal);
    return tally;
  }

  /// Finds out what lies where, and what is to be read.
  private void survey() throws JournalException, IOException {
    for (BitFlipTally.Region region : BitFlipTally.Region.values()) {
      extents.put(region, new ArrayList<>());
    }
    JournalFolder folder = new JournalFolder(journal);
    add(BitFlipTally.Region.MARKER, folder.marker(), 0, Files.size(folder.marker()));
    for (int incarnation : folder.incarnations()) {
      for (Path file : CycleFiles.list(folder.incarnation(incarnation))) {
        surveyDocuments(file, Files.readAllBytes(file));
      }
    }
    try (ChainWalker walker = ChainWalker.fromStart(folder)) {
      Envelope envelope;
      while ((envelope = walker.next()) != null) {
        durableSeq = Math.max(durableSeq, envelope.durableSeq());
        facts.add(fact(envelope, walker.payload()));
      }
    }
    DurableMarker marker = DurableMarker.read(folder);
    durableSeq = Math.max(durableSeq, marker == null ? 0 : marker.seq());
  }

  private void surveyDocuments(Path file, byte[] bytes) {
    int at = 0;
    while (at + WORD <= bytes.length) {
      int word = Envelope.getInt(bytes, at);
      if (word == 0 || word == FactScanner.END_OF_DATA) {
        // The word that ends the file counts as Chronicle's; behind it nothing is used.
        add(BitFlipTally.Region.CHRONICLE_DOCUMENT, file, at, at + WORD);
        return;
      }
      int length = word & 0x3FFF_FFFF;
      int body = at + WORD;
      if (length == word) {
        add(BitFlipTally.Region.LENGTH_WORD, file, at, body);
        add(BitFlipTally.Region.ENVELOPE, file, body, body + Envelope.HEADER_BYTES);
        add(BitFlipTally.Region.PAYLOAD, file, body + Envelope.HEADER_BYTES, body + length);
      } else {
        add(BitFlipTally.Region.CHRONICLE_DOCUMENT, file, at, body + length);
      }
      at = (body + length + WORD - 1) & -WORD;
    }
  }

  private void add(BitFlipTally.Region region, Path file, long from, long to) {
    if (from < to) {
      extents.getOrDefault(region, new ArrayList<>()).add(new Extent(file, from, to));
    }
  }

  private BitFlipTally flip(long flips) throws IOException {
    Map<BitFlipTally.Region, BitFlipTally.Counts> counts = new EnumMap<>(BitFlipTally.Region.class);
    for (long number = 0; number < flips; number++) {
      Flip flip = flip();
      try (RandomAccessFile file = new RandomAccessFile(flip.file().toFile(), "rw")) {
        file.seek(flip.at());
        int intact = file.read();
        file.seek(flip.at());
        file.write(intact ^ (1 << flip.bit()));
        counts.merge(flip.region(), outcome(flip), BitFlipTally.Counts::plus);
        file.seek(flip.at());
        file.write(intact);
      }
    }
    return new BitFlipTally(counts, violations);
  }

  /// A bit of chance, each region as likely as another.
  private Flip flip() {
    BitFlipTally.Region[] regions = BitFlipTally.Region.values();
    BitFlipTally.Region region = regions[random.nextInt(regions.length)];
    List<Extent> there = extents.getOrDefault(region, List.of());
    long left = random.nextLong(there.stream().mapToLong(Extent::length).sum());
    int chosen = 0;
    while (left >= there.get(chosen).length()) {
      left -= there.get(chosen++).length();
    }
    Extent extent = there.get(chosen);
    return new Flip(region, extent.file(), extent.from() + left, random.nextInt(8));
  }

  private BitFlipTally.Counts outcome(Flip flip) throws IOException {
    try {
      return switch (JournalVerify.verify(journal)) {
        case JournalVerify.Corrupt _ -> new BitFlipTally.Counts(1, 0, 0, 0);
        case JournalVerify.TornTail torn ->
            torn.lastSeq() >= durableSeq && read() == torn.lastSeq()
                ? new BitFlipTally.Counts(0, 1, 0, 0)
                : undetected(flip, torn);
        case JournalVerify.Clean clean ->
            clean.lastSeq() == facts.size() && read() == facts.size()
                ? new BitFlipTally.Counts(0, 0, 1, 0)
                : undetected(flip, clean);
      };
    } catch (JournalException _) {
      // Said aloud, though not as damage: of a newer format, for one.
      return new BitFlipTally.Counts(1, 0, 0, 0);
    }
  }

  private BitFlipTally.Counts undetected(Flip flip, JournalVerify.Result result) {
    if (violations.size() < VIOLATIONS_MAX) {
      violations.add("seed " + seed + ", " + flip + ": " + result);
    }
    return new BitFlipTally.Counts(0, 0, 0, 1);
  }

  /// How many facts are read; -1 where one of them is not what it was.
  private long read() throws JournalException {
    try (ChainWalker walker = ChainWalker.fromStart(new JournalFolder(journal))) {
      int read = 0;
      Envelope envelope;
      while ((envelope = walker.next()) != null) {
        if (read >= facts.size() || !fact(envelope, walker.payload()).equals(facts.get(read))) {
          return -1;
        }
        read++;
      }
      return read;
    }
  }

  private static ByteBuffer fact(Envelope envelope, ByteBuffer payload) {
    ByteBuffer fact = ByteBuffer.allocate(1 + Long.BYTES + payload.remaining());
    return fact.put(envelope.typeCode()).putLong(envelope.seq()).put(payload.duplicate()).flip();
  }
}
