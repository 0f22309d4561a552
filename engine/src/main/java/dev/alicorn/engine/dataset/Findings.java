package dev.alicorn.engine.dataset;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// How many rows have a fault that the recipe's filters report and let pass, by the filter's key.
///
/// @param captions rows of the pretrain set
/// @param samples good samples, those beyond the number wanted too
public record Findings(Map<String, Long> captions, Map<String, Long> samples) {
  public static final Findings NONE = new Findings(Map.of(), Map.of());

  public Findings {
    captions = Collections.unmodifiableMap(new TreeMap<>(captions));
    samples = Collections.unmodifiableMap(new TreeMap<>(samples));
  }
}
