package dev.alicorn.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// P2 behind a barrier that lied: a page in the middle of an hour's file is lost, and the next
/// hour's file is there already, where the chain of facts would go on.
class LaterFileFaultIT {
  private static final int LOST = 6;

  @TempDir private Path temp = Path.of("");

  @Test
  void factsBehindALostPageOfAnEarlierFileAreMissed() throws JournalException, IOException {
    Path folder = temp.resolve("crashed");
    Path image;
    try (Journal journal = TestJournals.open(folder)) {
      TestJournals.appendOneByOne(journal, TestJournals.events(7, 40));
      image = TestJournals.image(folder, temp.resolve("image"));
    }
    List<JournalEntry> facts = TestJournals.readAll(image);
    Path file = TestJournals.cycleFile(image, 1);
    long from = CycleFiles.offset(facts.get(LOST - 1).position().index());
    long to = CycleFiles.offset(facts.get(LOST + 2).position().index());
    try (RandomAccessFile handle = new RandomAccessFile(file.toFile(), "rw")) {
      handle.seek(from);
      handle.write(new byte[Math.toIntExact(to - from)]);
    }
    Files.createFile(
        CycleFiles.file(new JournalFolder(image).incarnation(1), CycleFiles.cycle(file) + 1));

    assertThat(JournalVerify.verify(image))
        .isInstanceOfSatisfying(
            JournalVerify.Corrupt.class, corrupt -> assertThat(corrupt.seq()).hasValue(LOST));
    assertThatThrownBy(() -> TestJournals.open(image))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("fact " + LOST);
  }
}
