package dev.alicorn.engine.dataset;

import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.JobSpec.Dataset.Precision;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/// Rows, field by field in the order of [ParquetSchema].
final class ParquetRecords {
  private final RecordConsumer out;
  private final Precision precision;
  private int field;

  ParquetRecords(RecordConsumer out, Precision precision) {
    this.out = out;
    this.precision = precision;
  }

  void write(DatasetRow row) {
    out.startMessage();
    field = 0;
    put("id", row.id().toString());
    switch (row) {
      case CaptionRow _ -> {}
      case SampleRow sample -> put("task", sample.task().name().key());
    }
    put("caption", row.caption());
    putConversation(row);
    row.vector().ifPresent(this::putVector);
    Lineage lineage = row.lineage();
    put("source", lineage.source());
    put("seed_id", lineage.sourceKey());
    put("seed", lineage.seed());
    if (lineage.domain().isPresent()) {
      put("domain", lineage.domain().get());
    } else {
      field++;
    }
    put("model", lineage.model());
    put("prompt_sha256", lineage.prompt().hex());
    put("input_tokens", lineage.usage().inputTokens());
    put("output_tokens", lineage.usage().outputTokens());
    put("cost", unscaled(lineage.cost()));
    put("currency", lineage.currency());
    out.endMessage();
  }

  private void putConversation(DatasetRow row) {
    startList("conversations");
    for (Turn turn : row.turns()) {
      out.startGroup();
      out.startField("element", 0);
      out.startGroup();
      text("from", 0, turn.from().key());
      text("value", 1, turn.value());
      out.endGroup();
      out.endField("element", 0);
      out.endGroup();
    }
    endList("conversations");
  }

  private void putVector(Embedding vector) {
    startList("embedding");
    byte[] bytes = VectorBytes.bytes(vector, precision);
    for (int j = 0; j < vector.dimension(); j++) {
      out.startGroup();
      out.startField("element", 0);
      switch (precision) {
        case FLOAT32 -> out.addFloat(vector.get(j));
        case FLOAT16 -> out.addBinary(Binary.fromConstantByteArray(bytes, 2 * j, 2));
      }
      out.endField("element", 0);
      out.endGroup();
    }
    endList("embedding");
  }

  private void startList(String name) {
    out.startField(name, field);
    out.startGroup();
    out.startField("list", 0);
  }

  private void endList(String name) {
    out.endField("list", 0);
    out.endGroup();
    out.endField(name, field++);
  }

  private void put(String name, String value) {
    text(name, field++, value);
  }

  private void put(String name, long value) {
    out.startField(name, field);
    out.addLong(value);
    out.endField(name, field++);
  }

  private void text(String name, int index, String value) {
    out.startField(name, index);
    out.addBinary(Binary.fromString(value));
    out.endField(name, index);
  }

  private static long unscaled(BigDecimal cost) {
    return cost.setScale(ParquetSchema.COST_SCALE, RoundingMode.HALF_EVEN)
        .unscaledValue()
        .longValueExact();
  }
}
