package dev.alicorn.engine.report;

import java.util.List;

/// What is found in one sample of the instruct set.
///
/// @param task its task; empty where the dataset does not say
record SampleLook(String id, String task, List<PairLook> pairs) {
  SampleLook {
    pairs = List.copyOf(pairs);
  }
}
