package dev.alicorn.engine.parquet;

import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/// What Parquet asks for to put records together, where values are taken from their column instead.
final class NoRecord extends GroupConverter {
  private final List<Converter> fields;

  NoRecord(GroupType type) {
    fields = type.getFields().stream().map(NoRecord::of).toList();
  }

  private static Converter of(Type type) {
    return type.isPrimitive() ? new PrimitiveConverter() {} : new NoRecord(type.asGroupType());
  }

  @Override
  public Converter getConverter(int field) {
    return fields.get(field);
  }

  @Override
  public void start() {}

  @Override
  public void end() {}
}
