package dev.alicorn.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.journal.OtherPayloads;
import dev.alicorn.engine.journal.OtherPayloads.Location;
import dev.alicorn.protocol.EventType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A fact that every check lets pass and that cannot be decoded, as another Alicorn may have
/// written it: a replay names its file, byte and number, and leaves nothing.
class UnreadableFactIT {
  private static final int RECORDS = 500;

  /// A field of 100 bytes of which none is there.
  private static final byte[] BROKEN_FIELD = {0x0A, 100};

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @TempDir private Path folder = Path.of("");
  private Path journal = Path.of("");
  private List<Long> replies = List.of();

  @BeforeEach
  void writeJournal() throws Exception {
    journal = folder.resolve("journal");
    SyntheticJournal.write(journal, RECORDS, 8);
    replies = new ArrayList<>();
    Set<EventType> wanted = Set.of(EventType.LLM_REPLIED);
    try (JournalCursor cursor = JournalReader.open(journal)) {
      for (JournalEntry entry = cursor.next(wanted); entry != null; entry = cursor.next(wanted)) {
        replies.add(entry.seq());
      }
    }
  }

  @Test
  void isNamedWhereItsRecordCanStillBeRead() throws Exception {
    requireNamed(
        aReply(),
        false,
        payload -> {
          byte[] broken = Arrays.copyOf(payload, payload.length + BROKEN_FIELD.length);
          System.arraycopy(BROKEN_FIELD, 0, broken, payload.length, BROKEN_FIELD.length);
          return broken;
        });
  }

  @Test
  void isNamedWhereItNamesNoRecord() throws Exception {
    requireNamed(aReply(), false, _ -> new byte[0]);
  }

  @Test
  void isNamedWhereItIsTheFirstOfItsFile() throws Exception {
    requireNamed(aReply(), true, _ -> new byte[0]);
  }

  private long aReply() {
    return replies.get(random.nextInt(replies.size()));
  }

  private interface Breaking {
    byte[] of(byte[] payload);
  }

  private void requireNamed(long broken, boolean firstOfItsFile, Breaking breaking)
      throws Exception {
    Path copy = folder.resolve("copy");
    SortedMap<Long, Location> facts =
        OtherPayloads.copy(
            journal,
            copy,
            firstOfItsFile ? broken : Long.MAX_VALUE,
            (seq, payload) -> seq == broken ? breaking.of(payload) : payload);
    Location where = Objects.requireNonNull(facts.get(broken));

    JournalException failure =
        catchThrowableOfType(
            JournalException.class,
            () -> Replay.of(copy, "test").into(folder.resolve("out/dataset")));

    String what = "seed " + seed + ": " + failure;
    assertThat(failure.kind()).as(what).isEqualTo(JournalException.Kind.UNSUPPORTED);
    assertThat(failure.file()).as(what).isEqualTo(where.file());
    assertThat(failure.offset()).as(what).hasValue(where.offset());
    assertThat(failure.seq()).as(what).hasValue(broken);
    assertThat(failure)
        .as(what)
        .hasMessageContaining("no llm_replied event")
        .hasMessageEndingWith("use the Alicorn that wrote it");
    try (Stream<Path> left = Files.list(folder.resolve("out"))) {
      assertThat(left).as(what).isEmpty();
    }
    assertThat(Replay.of(copy, "test").until(broken - 1).into(folder.resolve("before")).folder())
        .as("%s; what is before it can be replayed", what)
        .isDirectory();
  }
}
