package dev.alicorn.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.job.HashingEncoder;
import dev.alicorn.engine.journal.Journal;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.journal.JournalSettings;
import dev.alicorn.engine.llm.EndpointDraft;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.EncoderBound;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.JobOpened;
import dev.alicorn.protocol.JournalEvent.JobResumed;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import dev.alicorn.protocol.Price;
import dev.alicorn.protocol.RecordId;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobHeaderIT {
  private static final BigDecimal FREE = BigDecimal.ZERO;
  private static final EndpointBound ENDPOINT =
      EndpointDraft.bound(
          EndpointDraft.at(() -> URI.create("http://127.0.0.1/v1")).settings(),
          new Price(FREE, FREE, FREE, "USD"));
  private static final EncoderDescription ENCODER = new HashingEncoder(8, "").description();
  private static final List<JournalEvent> HEADER =
      List.of(
          new JobOpened(new JobId("toy"), "{}", "/", Instant.EPOCH),
          ENDPOINT,
          new EncoderBound(ENCODER));

  @TempDir private Path folder = Path.of("");

  /// A kill behind so many of the first facts, and another right behind the resumption.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void isWholeWhereverAKillBrokeItOff(int facts) throws JournalException {
    append(HEADER.subList(0, facts));
    JournalEvent resumed = new JobResumed(JobSpec.Budget.UNLIMITED, Instant.EPOCH);
    append(facts == 0 ? List.of() : List.of(resumed));
    List<JournalEvent> rest = new ArrayList<>(facts == 0 ? List.of() : List.of(resumed));
    rest.addAll(HEADER.subList(facts, HEADER.size()));
    rest.add(new SeedAccepted(new RecordId(1), 0, "line 1", "a kite", Optional.empty()));
    append(rest);

    try (JournalCursor cursor = JournalReader.open(folder)) {
      JobHeader header = JobHeader.read(cursor);

      assertThat(header.job()).isPresent();
      assertThat(header.endpoints()).containsOnlyKeys(ENDPOINT.endpoint());
      assertThat(header.encoder()).contains(ENCODER);
    }
  }

  private void append(List<JournalEvent> events) throws JournalException {
    try (Journal journal = Journal.open(folder, JournalSettings.DEFAULT, "test")) {
      events.forEach(event -> journal.append(event).join());
    }
  }
}
