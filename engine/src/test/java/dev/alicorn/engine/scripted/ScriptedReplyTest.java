package dev.alicorn.engine.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ScriptedReplyTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void captionsAreVariedParagraphs() {
    Set<String> captions = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      String caption = reply("Describe seed " + i).content();
      assertThat(caption.split(" ", -1)).as(caption).hasSizeBetween(60, 130);
      assertThat(caption).doesNotContain("%", "\"");
      captions.add(caption);
    }
    assertThat(captions).hasSize(1000);
  }

  @Test
  void pairsFitTheTask() throws IOException {
    TreeSet<String> letters = new TreeSet<>();
    for (int i = 0; i < 100; i++) {
      JsonNode choice =
          JSON.readTree(
              reply("multiple choice " + i + " {\\\"QA Pairs\\\":[{\\\"Options\\\"").content());
      JsonNode open = JSON.readTree(reply("why? reasoning " + i + " QA Pairs").content());
      assertThat(choice.path("QA Pairs")).hasSize(6);
      assertThat(open.path("QA Pairs")).hasSize(6);
      Set<String> questions = new HashSet<>();
      for (JsonNode pair : choice.path("QA Pairs")) {
        questions.add(pair.path("Question").asText());
        letters.add(pair.path("Answer").asText());
        assertThat(List.copyOf(pair.path("Options").properties()))
            .extracting(option -> option.getValue().asText())
            .doesNotHaveDuplicates()
            .hasSize(4);
      }
      assertThat(questions).hasSize(6);
      for (JsonNode pair : open.path("QA Pairs")) {
        assertThat(pair.has("Options")).isFalse();
        assertThat(pair.path("Answer").asText()).endsWith(".");
      }
    }
    assertThat(letters).containsExactly("A", "B", "C", "D");
  }

  @Test
  void theBodyIsACompletionWithItsUsage() throws IOException {
    ScriptedReply reply = reply("QA Pairs");
    JsonNode body = JSON.readTree(reply.body("stop"));

    assertThat(body.at("/choices/0/message/content").asText()).isEqualTo(reply.content());
    assertThat(body.at("/usage/total_tokens").asLong())
        .isEqualTo(reply.promptTokens() + reply.completionTokens());
  }

  @Test
  void aMixOfFaultsIsAFunctionOfItsSeed() {
    FaultPlan plan = FaultPlan.mix("503=0.2,cut=0.1", 5);
    FaultPlan same = FaultPlan.mix("503=0.2,cut=0.1", 5);
    int faulty = 0;
    int cut = 0;
    for (int i = 0; i < 10_000; i++) {
      Optional<Fault> fault = plan.faultOf("key " + i, i % 3);
      assertThat(same.faultOf("key " + i, i % 3)).isEqualTo(fault);
      faulty += fault.isPresent() ? 1 : 0;
      cut += fault.filter(Fault.CutBody.class::isInstance).isPresent() ? 1 : 0;
    }
    assertThat(faulty).isBetween(2800, 3200);
    assertThat(cut).isBetween(900, 1100);
  }

  @Test
  void aStormTakesWholeRunsOfRequests() {
    FaultPlan plan = new Storms(FaultPlan.mix("429=0.1", 7), 50, FaultPlan.NONE, () -> 0);
    int stormy = 0;
    for (int run = 0; run < 1000; run++) {
      Set<Boolean> faulty = new HashSet<>();
      for (int i = 0; i < 50; i++) {
        faulty.add(plan.faultOf("key " + i, 0).isPresent());
      }
      assertThat(faulty).as("run %s, seed 7", run).hasSize(1);
      stormy += faulty.contains(true) ? 1 : 0;
    }
    assertThat(stormy).isBetween(70, 130);
  }

  @Test
  void aStormPassesWhenNobodyCallsAnyMore() {
    AtomicLong nanos = new AtomicLong();
    FaultPlan first = (_, run) -> run == 0 ? Optional.of(Fault.status(429)) : Optional.empty();
    FaultPlan plan = new Storms(first, 50, FaultPlan.NONE, nanos::get);

    assertThat(plan.faultOf("key", 0)).isPresent();
    nanos.set(999_999_999);
    assertThat(plan.faultOf("key", 1)).isPresent();
    nanos.set(1_000_000_000);
    assertThat(plan.faultOf("key", 2)).isEmpty();
  }

  private static ScriptedReply reply(String request) {
    return ScriptedReply.to(request.getBytes(StandardCharsets.UTF_8));
  }
}
