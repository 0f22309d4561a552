package dev.alicorn.gateway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.explain.CallTold;
import dev.alicorn.engine.explain.Dialogue;
import dev.alicorn.engine.explain.EmbeddingTold;
import dev.alicorn.engine.explain.Explanation;
import dev.alicorn.engine.explain.Verdict;
import dev.alicorn.engine.judge.EmbeddingVerdict;
import dev.alicorn.engine.judge.Envelope;
import dev.alicorn.engine.judge.Outcome.Part;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.engine.prompt.Message;
import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.JournalEvent.CallStarted;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A record's explanation for people.
final class ExplanationText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Page page;

  ExplanationText(Page page) {
    this.page = page;
  }

  void print(Explanation told) {
    page.title("record " + told.record() + " of job " + told.job());
    page.line("caption", outcome(told.caption()));
    page.line("sample", told.sample().map(ExplanationText::outcome).orElse(notAsked(told)));
    page.line("journal", "read to fact " + told.lastSeq());
    told.seed().ifPresent(this::print);
    told.draw().ifPresent(this::print);
    told.dialogues().forEach(this::print);
    told.embedding().ifPresent(this::print);
  }

  private void print(Explanation.Seed seed) {
    page.heading("seed");
    page.line(
        "from", seed.source() + ", row " + seed.fact().sourceKey() + " (fact " + seed.seq() + ")");
    seed.fact().domain().ifPresent(domain -> page.line("domain", domain));
    page.line("text", seed.fact().text());
  }

  private void print(Explanation.Drawn draw) {
    page.heading("draw");
    page.line("task", draw.task().key());
    page.line(
        "rank",
        draw.place()
            + " of "
            + draw.candidates()
            + " candidates; "
            + draw.wanted()
            + " are wanted");
  }

  private void print(Dialogue dialogue) {
    page.heading(dialogue.stage().key() + ": " + dialogue.verdict().name());
    switch (dialogue.verdict()) {
      case Verdict.Caption caption -> page.block("text", caption.text());
      case Verdict.Sample sample -> {
        page.line("rung", sample.rung().key());
        page.block(
            sample.pairs().size() + " pairs",
            sample.pairs().stream().map(ExplanationText::pair).collect(Collectors.joining("\n")));
      }
      case Verdict.Lost lost -> page.line("because", lost.detail());
      case Verdict.Owed owed -> page.line("next", next(owed));
    }
    page.line(
        "spent",
        dialogue.calls().size()
            + (dialogue.calls().size() == 1 ? " call, " : " calls, ")
            + tokens(dialogue.usage())
            + ", "
            + dialogue.prices().entrySet().stream()
                .map(price -> money(price.getValue()) + " " + price.getKey())
                .collect(Collectors.joining(" and ")));
    Optional<ChatRequest> shown = Optional.empty();
    for (CallTold call : dialogue.calls()) {
      print(call, shown);
      shown = call.request();
    }
  }

  private void print(CallTold call, Optional<ChatRequest> shown) {
    page.subheading(
        (call.fact().ask() == 0 ? "asked" : "asked once more")
            + ", attempt "
            + call.attempt()
            + " (fact "
            + call.seq()
            + ")");
    page.line("endpoint", call.endpoint().endpoint() + ", model " + call.endpoint().model());
    page.line("key", call.fact().key().toString());
    page.line("", match(call));
    call.request()
        .ifPresent(request -> {
          page.line("parameters", parameters(request));
          if (shown.equals(call.request())) {
            page.line("prompt", "as above");
          } else {
            request.messages().forEach(this::print);
          }
        });
    switch (call.fact()) {
      case CallStarted _ -> page.line("reply", "none: what became of the call is unknown");
      case CallFailed failed -> {
        page.line(
            "failure",
            failed.cause().key()
                + (failed.status() == 0 ? "" : ", HTTP status " + failed.status())
                + ", after "
                + seconds(failed.latency())
                + (failed.detail().isEmpty() ? "" : ": " + failed.detail()));
        if (failed.body().length() > 0) {
          page.block("body", readable(failed.body()));
        }
      }
      case LlmReplied reply -> {
        page.line("reply", reply(call, reply));
        page.block("body", readable(reply.body()));
      }
    }
    page.line("judged", judged(call));
  }

  private void print(Message message) {
    page.block("prompt, as " + message.role().key(), message.content());
  }

  private void print(EmbeddingTold embedding) {
    page.heading("embedding");
    page.line(
        "encoder", embedding.encoder().name() + ", dimension " + embedding.encoder().dimension());
    page.line("hash", embedding.encoder().hash().hex());
    page.line(
        "vector",
        switch (embedding.verdict()) {
          case EmbeddingVerdict.Accepted(var _, boolean truncated) ->
              String.format(
                      Locale.ROOT, "norm %.6f before the transfer", embedding.norm().orElse(0))
                  + (truncated
                      ? "; the caption was cut at "
                          + embedding.encoder().maxTokens()
                          + " tokens, the encoder's longest input"
                      : "; the whole caption was encoded");
          case EmbeddingVerdict.Rejected(var reason, String detail) ->
              "none, " + reason.key() + ": " + detail;
          case EmbeddingVerdict.Owed _ -> "none yet";
          case EmbeddingVerdict.NotAsked _ -> "none, the job embeds nothing";
        });
  }

  private static String outcome(Part<?> part) {
    return part.name()
        + switch (part) {
          case Part.Exported<?> _, Part.Parked<?> _ -> "";
          case Part.Rejected<?> rejected -> ": " + rejected.detail();
          case Part.Failed<?> failed -> ": " + failed.detail();
          case Part.Owed<?> owed -> ", waits for its " + owed.due().name().toLowerCase(Locale.ROOT);
        };
  }

  private static String notAsked(Explanation told) {
    if (told.draw().isEmpty()) {
      return "not drawn: no task is wanted, or seeds may still follow";
    }
    return switch (told.caption()) {
      case Part.Exported<?> _, Part.Owed<?> _ -> "not asked for: enough candidates rank before it";
      case Part.Rejected<?> _, Part.Failed<?> _, Part.Parked<?> _ ->
          "not asked for: there is no caption to ask about";
    };
  }

  private static String match(CallTold call) {
    if (call.keyMatches()) {
      return "the prompt matches the journaled call key";
    }
    return call.request().isPresent()
        ? "the prompt does NOT match it: what was asked then is not what is rendered today"
        : "its prompt cannot be rendered: today's rules do not lead to this call";
  }

  private static String parameters(ChatRequest request) {
    return "temperature "
        + request.temperature()
        + ", at most "
        + request.maxTokens()
        + " tokens, "
        + (request.jsonSchema().isPresent() ? "bound to the task's JSON schema" : "no schema");
  }

  private static String reply(CallTold call, LlmReplied reply) {
    boolean reported = call.envelope().filter(Envelope::usageReported).isPresent();
    String price =
        reply.origin().isPresent()
            ? "copied from job " + reply.origin().get() + ", free"
            : reported
                ? tokens(call.usage())
                    + ", "
                    + money(call.price())
                    + " "
                    + call.endpoint().price().currency()
                : "no usage reported";
    return "after " + seconds(reply.latency()) + "; " + price;
  }

  private static String judged(CallTold call) {
    String envelope =
        call.envelope().isPresent()
            ? switch (call.envelope().get()) {
              case Envelope.Usable usable -> usable.cutAtLength() ? "cut at its longest; " : "";
              case Envelope.Refused refused -> "refused: " + refused.detail() + "; ";
              case Envelope.Unusable unusable -> "unusable: " + unusable.detail() + "; ";
            }
            : "";
    return envelope
        + switch (call.verdict()) {
          case Verdict.Caption _ ->
              "accepted"
                  + (call.mended()
                      ? "; mended: without what stood around the caption or was left unfinished"
                      : "");
          case Verdict.Sample sample -> "accepted, " + sample.rung().key();
          case Verdict.Lost lost -> lost.name() + ": " + lost.detail();
          case Verdict.Owed owed -> next(owed);
        };
  }

  private static String next(Verdict.Owed owed) {
    return owed.complaint()
            .map(wrong -> "unfit, to be asked once more: " + wrong)
            .orElse("to be asked")
        + (owed.attempts() == 0 ? "" : " again, " + owed.attempts() + " attempts count so far");
  }

  private static String pair(Pair pair) {
    StringBuilder text = new StringBuilder("Q: ").append(pair.question());
    for (int i = 0; i < pair.options().size(); i++) {
      text.append("\n   ").append((char) ('A' + i)).append(": ").append(pair.options().get(i));
    }
    return text.append("\nA: ").append(pair.answer()).toString();
  }

  private static String tokens(Usage usage) {
    String cached =
        usage.cachedInputTokens() == 0 ? "" : " (" + usage.cachedInputTokens() + " cached)";
    return usage.inputTokens()
        + " input"
        + cached
        + " and "
        + usage.outputTokens()
        + " output tokens";
  }

  private static String money(BigDecimal price) {
    return price.signum() == 0 ? "0" : price.stripTrailingZeros().toPlainString();
  }

  private static String seconds(Duration latency) {
    return String.format(Locale.ROOT, "%.3f s", latency.toNanos() / 1e9);
  }

  /// JSON spread over lines, anything else as it came.
  private static String readable(Bytes body) {
    String text = body.utf8();
    try {
      JsonNode json = JSON.readTree(text);
      return json.isContainerNode() ? json.toPrettyString() : text;
    } catch (JsonProcessingException _) {
      return text;
    }
  }
}
