package dev.alicorn.engine.report;

import dev.alicorn.engine.quality.FastHash;
import dev.alicorn.protocol.SplitMix64;
import java.util.List;

/// Different runs of n words divided by all runs of n words, over a sample of captions: distinct-n
/// (Li et al., "A Diversity-Promoting Objective Function for Neural Conversation Models", 2016).
final class DistinctRuns {
  private DistinctRuns() {}

  static double of(List<String> captions, int words) {
    LongSet runs = new LongSet();
    long all = 0;
    for (String caption : captions) {
      List<String> tokens = CaptionWords.of(caption).words();
      for (int i = 0; i + words <= tokens.size(); i++) {
        long hash = words;
        for (String token : tokens.subList(i, i + words)) {
          hash = SplitMix64.next(hash ^ FastHash.of(token));
        }
        runs.add(hash);
        all++;
      }
    }
    return all == 0 ? 0 : (double) runs.size() / all;
  }
}
