package dev.alicorn.gateway.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alicorn.engine.explain.CallTold;
import dev.alicorn.engine.explain.Dialogue;
import dev.alicorn.engine.explain.EmbeddingTold;
import dev.alicorn.engine.explain.Explanation;
import dev.alicorn.engine.explain.Verdict;
import dev.alicorn.engine.judge.EmbeddingVerdict;
import dev.alicorn.engine.judge.Envelope;
import dev.alicorn.engine.judge.Outcome.Part;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.JournalEvent.CallStarted;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.Usage;
import java.time.Duration;

/// A record's explanation for programs: one JSON object on a line.
///
/// Names are those of `journal cat`; bodies are UTF-8 text, prices exact decimals as text,
/// latencies microseconds. What does not exist is left out.
final class ExplanationJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ExplanationJson() {}

  static String of(Explanation told) {
    ObjectNode root = JSON.createObjectNode();
    root.put("job", told.job().value()).put("record", told.record().ordinal());
    outcome(root.putObject("caption"), told.caption());
    told.sample().ifPresent(sample -> outcome(root.putObject("sample"), sample));
    told.seed().ifPresent(seed -> seed(root.putObject("seed"), seed));
    told.draw()
        .ifPresent(draw ->
            root.putObject("draw")
                .put("task", draw.task().key())
                .put("rank", draw.place())
                .put("candidates", draw.candidates())
                .put("wanted", draw.wanted()));
    ArrayNode stages = root.putArray("stages");
    told.dialogues().forEach(dialogue -> stage(stages.addObject(), dialogue));
    told.embedding().ifPresent(embedding -> embedding(root.putObject("embedding"), embedding));
    root.put("last_seq", told.lastSeq());
    told.damage().ifPresent(damage -> root.put("damage", damage));
    return root.toString();
  }

  private static void outcome(ObjectNode json, Part<?> part) {
    json.put("outcome", part.name());
    switch (part) {
      case Part.Exported<?> _, Part.Parked<?> _, Part.Owed<?> _ -> {}
      case Part.Rejected<?> rejected -> json.put("detail", rejected.detail());
      case Part.Failed<?> failed -> json.put("detail", failed.detail());
    }
  }

  private static void seed(ObjectNode json, Explanation.Seed seed) {
    json.put("seq", seed.seq())
        .put("source", seed.source())
        .put("source_key", seed.fact().sourceKey())
        .put("text", seed.fact().text());
    seed.fact().domain().ifPresent(domain -> json.put("domain", domain));
  }

  private static void stage(ObjectNode json, Dialogue dialogue) {
    json.put("stage", dialogue.stage().key());
    verdict(json.putObject("verdict"), dialogue.verdict());
    usage(json, dialogue.usage());
    ObjectNode prices = json.putObject("prices");
    dialogue.prices().forEach((currency, price) -> prices.put(currency, price.toPlainString()));
    ArrayNode calls = json.putArray("calls");
    dialogue.calls().forEach(call -> call(calls.addObject(), call));
  }

  private static void call(ObjectNode json, CallTold call) {
    json.put("seq", call.seq())
        .put("ask", call.fact().ask())
        .put("attempt", call.attempt())
        .put("endpoint", call.endpoint().endpoint())
        .put("model", call.endpoint().model())
        .put("key", call.fact().key().toString())
        .put("key_matches", call.keyMatches());
    call.request().ifPresent(request -> request(json.putObject("request"), request));
    switch (call.fact()) {
      case CallStarted _ -> {}
      case CallFailed failed ->
          json.put("cause", failed.cause().key())
              .put("status", failed.status())
              .put("detail", failed.detail())
              .put("body", failed.body().utf8())
              .put("latency_us", micros(failed.latency()));
      case LlmReplied reply -> {
        json.put("body", reply.body().utf8()).put("latency_us", micros(reply.latency()));
        reply.origin().ifPresent(origin -> json.put("origin", origin.value()));
        usage(json, call.usage());
        json.put("usage_reported", call.envelope().filter(Envelope::usageReported).isPresent())
            .put("price", call.price().toPlainString())
            .put("currency", call.endpoint().price().currency())
            .put("mended", call.mended());
      }
    }
    verdict(json.putObject("verdict"), call.verdict());
  }

  private static void request(ObjectNode json, ChatRequest request) {
    ArrayNode messages = json.putArray("messages");
    request
        .messages()
        .forEach(message ->
            messages
                .addObject()
                .put("role", message.role().key())
                .put("content", message.content()));
    json.put("temperature", request.temperature()).put("max_tokens", request.maxTokens());
    request.jsonSchema().ifPresent(schema -> json.put("json_schema", schema));
  }

  private static void verdict(ObjectNode json, Verdict verdict) {
    json.put("name", verdict.name());
    switch (verdict) {
      case Verdict.Caption caption ->
          json.put("text", caption.text()).put("cut_at_length", caption.cutAtLength());
      case Verdict.Sample sample -> {
        json.put("rung", sample.rung().key());
        ArrayNode pairs = json.putArray("pairs");
        sample.pairs().forEach(pair -> pair(pairs.addObject(), pair));
      }
      case Verdict.Lost lost -> json.put("detail", lost.detail());
      case Verdict.Owed owed -> {
        json.put("ask", owed.ask()).put("attempts", owed.attempts());
        owed.complaint().ifPresent(complaint -> json.put("complaint", complaint));
      }
    }
  }

  private static void pair(ObjectNode json, Pair pair) {
    json.put("question", pair.question());
    if (!pair.options().isEmpty()) {
      pair.options().forEach(json.putArray("options")::add);
    }
    json.put("answer", pair.answer());
  }

  private static void embedding(ObjectNode json, EmbeddingTold embedding) {
    json.put("encoder", embedding.encoder().name())
        .put("hash", embedding.encoder().hash().hex())
        .put("dimension", embedding.encoder().dimension());
    switch (embedding.verdict()) {
      case EmbeddingVerdict.Accepted(var _, boolean truncated) ->
          json.put("verdict", "accepted").put("truncated", truncated);
      case EmbeddingVerdict.Rejected(var reason, String detail) ->
          json.put("verdict", "rejected(" + reason.key() + ")").put("detail", detail);
      case EmbeddingVerdict.Owed _ -> json.put("verdict", "owed");
      case EmbeddingVerdict.NotAsked _ -> json.put("verdict", "not_asked");
    }
    embedding.norm().ifPresent(norm -> json.put("norm", norm));
  }

  private static void usage(ObjectNode json, Usage usage) {
    json.put("input_tokens", usage.inputTokens())
        .put("cached_input_tokens", usage.cachedInputTokens())
        .put("output_tokens", usage.outputTokens());
  }

  private static long micros(Duration latency) {
    return latency.toNanos() / 1_000;
  }
}
