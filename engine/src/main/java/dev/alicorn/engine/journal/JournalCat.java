package dev.alicorn.engine.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;

/// A journal's facts as text: one JSON object a line, with `seq` and `type` first and the event's
/// fields in snake case behind them.
///
/// Bodies are given as UTF-8 text, hashes in hexadecimal, vectors in full, times in ISO 8601,
/// latencies in microseconds; a field that is absent is left out.
public final class JournalCat {
  private static final JsonFactory JSON = new JsonFactory();

  private JournalCat() {}

  /// Writes the facts up to the last barrier; does not close `out`.
  public static void print(Path journalFolder, Writer out) throws JournalException, IOException {
    try (JournalCursor cursor = JournalReader.open(journalFolder);
        JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
      JournalEntry entry;
      while ((entry = cursor.next()) != null) {
        json.writeStartObject();
        json.writeNumberField("seq", entry.seq());
        json.writeStringField("type", EventType.of(entry.event()).key());
        fields(json, entry.event());
        json.writeEndObject();
      }
      json.writeRaw('\n');
    }
  }

  private static void fields(JsonGenerator json, JournalEvent event) throws IOException {
    switch (event) {
      case JournalEvent.IncarnationOpened it -> {
        json.writeNumberField("incarnation", it.incarnation());
        json.writeNumberField("previous_seq", it.previousSeq());
        json.writeStringField("previous_crc", String.format(Locale.ROOT, "%08x", it.previousCrc()));
        text(json, "opened_at", it.openedAt());
        json.writeStringField("software", it.software());
      }
      case JournalEvent.JobOpened it -> {
        text(json, "job", it.job());
        json.writeStringField("spec_json", it.specJson());
        json.writeStringField("base_folder", it.baseFolder());
        text(json, "created_at", it.createdAt());
      }
      case JournalEvent.EndpointBound it -> {
        json.writeStringField("endpoint", it.endpoint());
        json.writeStringField("wire", it.wire().key());
        json.writeStringField("model", it.model());
        text(json, "input_per_million", it.price().inputPerMillion().toPlainString());
        text(json, "cached_input_per_million", it.price().cachedInputPerMillion().toPlainString());
        text(json, "output_per_million", it.price().outputPerMillion().toPlainString());
        json.writeStringField("currency", it.price().currency());
        json.writeStringField("json_schema", it.capabilities().jsonSchema().key());
        json.writeStringField("seed", it.capabilities().seed().key());
        json.writeStringField("logprobs", it.capabilities().logprobs().key());
        json.writeStringField("usage", it.capabilities().usage().key());
      }
      case JournalEvent.EncoderBound(EncoderDescription encoder) -> {
        json.writeStringField("name", encoder.name());
        text(json, "hash", encoder.hash());
        json.writeNumberField("dimension", encoder.dimension());
        json.writeNumberField("max_tokens", encoder.maxTokens());
        json.writeBooleanField("normalised", encoder.normalised());
        json.writeBooleanField("image_tower", encoder.imageTower());
      }
      case JournalEvent.SeedAccepted it -> {
        json.writeNumberField("record", it.record().ordinal());
        json.writeNumberField("source", it.source());
        json.writeStringField("source_key", it.sourceKey());
        json.writeStringField("text", it.text());
        if (it.domain().isPresent()) {
          json.writeStringField("domain", it.domain().get());
        }
      }
      case JournalEvent.SeedRefused it -> {
        json.writeNumberField("source", it.source());
        json.writeStringField("source_key", it.sourceKey());
        json.writeStringField("reason", it.reason());
      }
      case JournalEvent.SeedsSealed it -> {
        json.writeNumberField("accepted", it.accepted());
        json.writeNumberField("refused", it.refused());
      }
      case JournalEvent.CallStarted it -> call(json, it);
      case JournalEvent.LlmReplied it -> {
        call(json, it);
        json.writeStringField("body", it.body().utf8());
        json.writeNumberField("latency_us", it.latency().toNanos() / 1_000);
        if (it.origin().isPresent()) {
          text(json, "origin", it.origin().get());
        }
      }
      case JournalEvent.CallFailed it -> {
        call(json, it);
        json.writeStringField("cause", it.cause().key());
        json.writeNumberField("status", it.status());
        json.writeStringField("detail", it.detail());
        json.writeStringField("body", it.body().utf8());
        json.writeNumberField("latency_us", it.latency().toNanos() / 1_000);
      }
      case JournalEvent.TextEmbedded it -> {
        embedding(json, it.record().ordinal(), it.encoder(), it.text());
        vector(json, it.vector());
        json.writeBooleanField("truncated", it.truncated());
      }
      case JournalEvent.EmbeddingFailed it -> {
        embedding(json, it.record().ordinal(), it.encoder(), it.text());
        json.writeStringField("reason", it.reason());
      }
      case JournalEvent.JobPaused it -> {
        json.writeStringField("reason", it.reason().name().toLowerCase(Locale.ROOT));
        json.writeStringField("detail", it.detail());
        text(json, "at", it.at());
      }
      case JournalEvent.JobResumed(JobSpec.Budget budget, var at) -> {
        if (budget.money().isPresent()) {
          text(json, "money", budget.money().get().toPlainString());
        }
        if (budget.tokens().isPresent()) {
          json.writeNumberField("tokens", budget.tokens().getAsLong());
        }
        if (budget.calls().isPresent()) {
          json.writeNumberField("calls", budget.calls().getAsLong());
        }
        text(json, "at", at);
      }
      case JournalEvent.JobCancelled it -> text(json, "at", it.at());
      case JournalEvent.JobCompleted it -> {
        json.writeStringField("dataset", it.dataset());
        text(json, "manifest", it.manifest());
        text(json, "at", it.at());
      }
      case JournalEvent.JobFailed it -> {
        json.writeStringField("detail", it.detail());
        text(json, "at", it.at());
      }
    }
  }

  private static void call(JsonGenerator json, JournalEvent.CallEvent call) throws IOException {
    json.writeNumberField("record", call.record().ordinal());
    json.writeStringField("stage", call.stage().key());
    json.writeNumberField("ask", call.ask());
    text(json, "key", call.key());
    json.writeStringField("endpoint", call.endpoint());
  }

  private static void embedding(
      JsonGenerator json, long record, ContentHash encoder, ContentHash text) throws IOException {
    json.writeNumberField("record", record);
    text(json, "encoder", encoder);
    text(json, "text", text);
  }

  private static void vector(JsonGenerator json, Embedding vector) throws IOException {
    json.writeArrayFieldStart("vector");
    for (int i = 0; i < vector.dimension(); i++) {
      json.writeNumber(vector.get(i));
    }
    json.writeEndArray();
  }

  private static void text(JsonGenerator json, String field, Object value) throws IOException {
    json.writeStringField(field, value.toString());
  }
}
