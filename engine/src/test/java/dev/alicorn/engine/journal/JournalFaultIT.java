package dev.alicorn.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.JournalEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFaultIT {
  private static final int ROUNDS = 6;

  @TempDir private Path folder;

  /// kill -9 at random points of a run of appends, then the next incarnation on the same folder:
  /// nothing that was acknowledged is lost or changed.
  @Test
  void losesNothingAcknowledgedWhenKilled() throws JournalException, IOException {
    long seed = 31;
    Random random = new Random(seed);
    Map<Long, Long> acknowledged = new HashMap<>();
    long nextOrdinal = 1;
    for (int round = 0; round < ROUNDS; round++) {
      List<String> lines = new ArrayList<>();
      try (Child child =
          Child.start(AppendingMain.class, folder.toString(), String.valueOf(nextOrdinal))) {
        int wanted = 1 + random.nextInt(round == 0 ? 3 : 3_000);
        for (int i = 0; i < wanted; i++) {
          lines.add(child.line("acknowledged"));
        }
        lines.addAll(child.kill());
      }
      // The last line may be cut.
      lines.removeLast();
      for (String line : lines) {
        String[] words = line.split(" ", -1);
        if (words.length == 3 && words[0].equals("acknowledged")) {
          acknowledged.put(Long.valueOf(words[1]), Long.valueOf(words[2]));
        }
      }
      nextOrdinal += 1_000_000;
      assertThat(JournalVerify.verify(folder))
          .as("seed %d, round %d", seed, round)
          .isNotInstanceOf(JournalVerify.Corrupt.class);
    }
    List<JournalEntry> entries;
    try (Journal journal = TestJournals.open(folder)) {
      assertThat(journal.recovery().lastSeq())
          .isGreaterThanOrEqualTo(acknowledged.keySet().stream().max(Long::compare).orElseThrow());
      entries = TestJournals.readAll(journal.cursor());
    }
    for (int i = 0; i < entries.size(); i++) {
      assertThat(entries.get(i).seq()).isEqualTo(i + 1);
    }
    assertThat(acknowledged)
        .as("seed %d", seed)
        .allSatisfy((seq, ordinal) ->
            assertThat(entries.get(Math.toIntExact(seq) - 1).event())
                .isEqualTo(TestJournals.seed(ordinal, AppendingMain.text(ordinal))));
    assertThat(entries.stream().map(JournalEntry::event))
        .filteredOn(JournalEvent.IncarnationOpened.class::isInstance)
        .hasSize(ROUNDS + 1);
  }

  /// A reader without a lock beside a writing process: it sees facts in order and unharmed, never
  /// stops on damage that is none, and does not hinder the writer.
  @Test
  void readsBesideALiveWriter() throws JournalException, IOException {
    try (Child child = Child.start(AppendingMain.class, folder.toString(), "1")) {
      child.line("acknowledged");
      long seen = 0;
      try (JournalCursor cursor = JournalReader.open(folder)) {
        while (seen < 5_000) {
          JournalEntry entry = cursor.next();
          if (entry == null) {
            child.line("acknowledged");
            continue;
          }
          seen++;
          assertThat(entry.seq()).isEqualTo(seen);
          if (seen > 1) {
            assertThat(entry.event())
                .isEqualTo(TestJournals.seed(seen - 1, AppendingMain.text(seen - 1)));
          }
        }
      }
      assertThat(JournalVerify.verify(folder)).isNotInstanceOf(JournalVerify.Corrupt.class);
      child.line("acknowledged");
    }
  }
}
