package dev.alicorn.engine.transfer;

import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.RecordId;
import java.util.Map;

/// No transfer: the unit vector itself, in float32.
record Unmoved() implements TransferMethod {

  @Override
  public Embedding move(RecordId record, UnitVector row) {
    float[] values = new float[row.dimension()];
    for (int j = 0; j < values.length; j++) {
      values[j] = (float) row.get(j);
    }
    return Embedding.wrap(values);
  }

  @Override
  public Map<String, Statistic> statistics() {
    return Map.of();
  }
}
