package dev.alicorn.engine.journal;

import static dev.alicorn.engine.journal.TestJournals.SETTINGS;
import static dev.alicorn.engine.journal.TestJournals.image;
import static dev.alicorn.engine.journal.TestJournals.machine;
import static dev.alicorn.engine.journal.TestJournals.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.JournalEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a power cut leaves: of the 4 KiB pages written since the last barrier, some are on the disk
/// and some are not, in any combination.
class PowerCutFaultIT {
  private static final int IMAGES = 200;
  private static final int PAGE = 4096;

  @TempDir private Path temp;

  /// Keeps what each barrier makes durable. Only the writer's thread writes, and it is in here.
  private static final class RecordingBarrier implements Barrier {
    private final FileBarrier real = new FileBarrier();
    private final List<byte[]> images = new ArrayList<>();

    @Override
    public void forceFile(Path file) throws IOException {
      real.forceFile(file);
      byte[] bytes = Files.readAllBytes(file);
      int length = bytes.length;
      while (length > 0 && bytes[length - 1] == 0) {
        length--;
      }
      synchronized (images) {
        // The last record may end in zeros.
        images.add(Arrays.copyOf(bytes, (length + 64) & -4));
      }
    }

    @Override
    public void forceNames(Path folder) throws IOException {
      real.forceNames(folder);
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }

  @Test
  void losesNothingDurableAndInventsNothing() throws JournalException, IOException {
    long seed = 61;
    Random random = new Random(seed);
    Path folder = temp.resolve("journal");
    RecordingBarrier barrier = new RecordingBarrier();
    List<JournalEvent> events = TestJournals.events(seed, 300);
    Path image;
    try (Journal journal =
        Journal.open(
            folder,
            SETTINGS,
            "test",
            machine(
                barrier,
                (reason, cause) -> {
                  throw new AssertionError(reason, cause);
                }))) {
      int next = 0;
      while (next < events.size()) {
        List<CompletableFuture<JournalEntry>> batch = new ArrayList<>();
        int size = 1 + random.nextInt(30);
        while (batch.size() < size && next < events.size()) {
          batch.add(journal.append(events.get(next++)));
        }
        batch.forEach(CompletableFuture::join);
      }
      image = image(folder, temp.resolve("image"));
    }
    Path file = TestJournals.cycleFile(image, 1);
    List<Integer> facts = new ArrayList<>();
    for (byte[] bytes : barrier.images) {
      Files.write(file, bytes);
      facts.add(facts(image));
    }
    assertThat(facts).hasSizeGreaterThan(10);
    assertThat(facts.getLast()).isEqualTo(301);

    for (int round = 0; round < IMAGES; round++) {
      int cut = random.nextInt(facts.size() - 1);
      Files.write(file, mixed(barrier.images.get(cut), barrier.images.get(cut + 1), random));
      String what = "seed " + seed + ", round " + round + ", barrier " + cut;
      assertThat(JournalVerify.verify(image)).as(what).isNotInstanceOf(JournalVerify.Corrupt.class);
      assertThat(facts(image)).as(what).isBetween(facts.get(cut), facts.get(cut + 1));
      List<JournalEvent> read = TestJournals.events(readAll(image));
      assertThat(read.subList(1, read.size()))
          .as(what)
          .isEqualTo(events.subList(0, read.size() - 1));
    }
  }

  private static int facts(Path image) throws JournalException {
    return Math.toIntExact(
        JournalEnd.find(new JournalFolder(image), new FileBarrier()).recovery().lastSeq());
  }

  private static byte[] mixed(byte[] old, byte[] fresh, Random random) {
    byte[] mixed = Arrays.copyOf(old, fresh.length);
    for (int from = 0; from < fresh.length; from += PAGE) {
      if (random.nextBoolean()) {
        System.arraycopy(fresh, from, mixed, from, Math.min(PAGE, fresh.length - from));
      }
    }
    return mixed;
  }
}
