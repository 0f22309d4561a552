package dev.alicorn.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Journals of every released format stay readable: `journal.zip` is one whose files were cut
/// behind their last byte that is not zero, `facts.jsonl` what is in it.
class GoldenJournalIT {
  @TempDir private Path folder;

  @Test
  void readsFormat1() throws JournalException, IOException {
    unpack("/journals/v1/journal.zip");
    assertThat(JournalVerify.verify(folder)).isEqualTo(new JournalVerify.Clean(34));
    StringWriter out = new StringWriter();
    JournalCat.print(folder, out);
    assertThat(out.toString())
        .isEqualTo(new String(resource("/journals/v1/facts.jsonl"), StandardCharsets.UTF_8));
  }

  @Test
  void goesOnWithFormat1() throws JournalException, IOException {
    unpack("/journals/v1/journal.zip");
    try (Journal journal = TestJournals.open(folder)) {
      assertThat(journal.recovery()).isEqualTo(new Recovery.Clean(34));
      TestJournals.append(journal, EveryEvent.ALL);
    }
    assertThat(JournalVerify.verify(folder)).isEqualTo(new JournalVerify.Clean(51));
  }

  private void unpack(String name) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(resource(name)))) {
      ZipEntry entry;
      while ((entry = zip.getNextEntry()) != null) {
        Path target = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.write(target, zip.readAllBytes());
        }
      }
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = GoldenJournalIT.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("the golden journal is missing: src/test/resources" + name);
      }
      return in.readAllBytes();
    }
  }
}
