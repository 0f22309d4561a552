package dev.alicorn.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalCodec;
import dev.alicorn.protocol.JournalEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalToolsIT {
  @TempDir private Path folder;

  @Test
  void catPrintsOneObjectAFact() throws JournalException, IOException {
    try (Journal journal = TestJournals.open(folder)) {
      TestJournals.append(journal, EveryEvent.ALL);
    }
    StringWriter out = new StringWriter();
    JournalCat.print(folder, out);
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> facts = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      facts.add(mapper.readTree(line));
    }
    assertThat(facts.stream().map(fact -> fact.get("type").asText()))
        .containsExactlyElementsOf(
            Stream.concat(
                    Stream.of(EventType.INCARNATION_OPENED),
                    EveryEvent.ALL.stream().map(EventType::of))
                .map(EventType::key)
                .toList());
    for (int i = 0; i < facts.size(); i++) {
      assertThat(facts.get(i).get("seq").asLong()).isEqualTo(i + 1);
    }
    JsonNode reply = facts.get(8);
    assertThat(reply.get("body").asText()).isEqualTo("{\"choices\":[]}");
    assertThat(reply.get("latency_us").asLong()).isEqualTo(1_234_000);
    assertThat(reply.get("origin").asText()).isEqualTo("earlier");
    assertThat(reply.get("key").asText()).hasSize(64);
    assertThat(facts.get(10).get("vector")).hasSize(4);
    assertThat(facts.get(13).has("calls")).isFalse();
  }

  @Test
  void statsCountByType() throws JournalException {
    List<JournalEvent> events = TestJournals.events(41, 300);
    for (int incarnation = 1; incarnation <= 2; incarnation++) {
      try (Journal journal = TestJournals.open(folder)) {
        TestJournals.append(journal, events);
      }
    }
    JournalStats stats = JournalStats.of(folder);
    assertThat(stats.firstSeq()).isEqualTo(1);
    assertThat(stats.lastSeq()).isEqualTo(602);
    assertThat(stats.facts()).isEqualTo(602);
    assertThat(stats.incarnations()).isEqualTo(2);
    for (EventType type : List.of(EventType.LLM_REPLIED, EventType.SEED_ACCEPTED)) {
      List<JournalEvent> ofType =
          events.stream().filter(event -> EventType.of(event) == type).toList();
      assertThat(stats.byType().get(type))
          .isEqualTo(
              new JournalStats.Tally(
                  2L * ofType.size(),
                  2 * ofType.stream().mapToLong(e -> JournalCodec.encode(e).length).sum()));
    }
    assertThat(stats.fileBytes()).isGreaterThan(stats.payloadBytes());
    assertThat(stats.byType()).doesNotContainKey(EventType.JOB_FAILED);
  }
}
