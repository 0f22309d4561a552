package dev.alicorn.engine.dataset;

import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.float16Type;
import static org.apache.parquet.schema.LogicalTypeAnnotation.listType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;

import dev.alicorn.protocol.JobSpec.Dataset.Precision;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/// The columns of a Parquet file.
///
/// `id`, `task` (instruct only), `caption`, `conversations` (list of `{from, value}`), `embedding`
/// (list of float or float16; absent without an encoder), then the lineage: `source`, `seed_id`,
/// `seed`, `domain` (may be null), `model`, `prompt_sha256`, `input_tokens`, `output_tokens`,
/// `cost` (decimal with 12 places), `currency`. Parquet has no list of fixed length: lists have the
/// format's three levels, `list.element`.
final class ParquetSchema {
  static final String VECTOR_COLUMN = "embedding.list.element";
  static final int COST_SCALE = 12;
  private static final int COST_PRECISION = 18;

  private ParquetSchema() {}

  static MessageType of(DatasetSet set, DatasetShape shape) {
    List<Type> columns = new ArrayList<>();
    columns.add(text("id"));
    if (set == DatasetSet.INSTRUCT) {
      columns.add(text("task"));
    }
    columns.add(text("caption"));
    columns.add(
        list(
            "conversations",
            Types.requiredGroup().addFields(text("from"), text("value")).named("element")));
    if (shape.hasVectors()) {
      columns.add(list("embedding", number(shape.precision())));
    }
    columns.add(text("source"));
    columns.add(text("seed_id"));
    columns.add(text("seed"));
    columns.add(Types.optional(PrimitiveTypeName.BINARY).as(stringType()).named("domain"));
    columns.add(text("model"));
    columns.add(text("prompt_sha256"));
    columns.add(Types.required(PrimitiveTypeName.INT64).named("input_tokens"));
    columns.add(Types.required(PrimitiveTypeName.INT64).named("output_tokens"));
    columns.add(
        Types.required(PrimitiveTypeName.INT64)
            .as(decimalType(COST_SCALE, COST_PRECISION))
            .named("cost"));
    columns.add(text("currency"));
    return new MessageType(set.key(), columns);
  }

  private static Type text(String name) {
    return Types.required(PrimitiveTypeName.BINARY).as(stringType()).named(name);
  }

  private static Type number(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> Types.required(PrimitiveTypeName.FLOAT).named("element");
      case FLOAT16 ->
          Types.required(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
              .length(precision.bytes())
              .as(float16Type())
              .named("element");
    };
  }

  private static Type list(String name, Type element) {
    return Types.requiredGroup()
        .as(listType())
        .addField(Types.repeatedGroup().addField(element).named("list"))
        .named(name);
  }
}
