package dev.alicorn.gpuworker.tensorrt;

import dev.alicorn.gpuworker.batch.TokenBatch;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The shapes in which an encoder runs, from the shortest captions to its longest input; each is an
/// optimization profile of its engine and a CUDA graph.
///
/// A caption's own length decides its bucket and so the shape in which it is computed, whatever
/// else is in its batch: that is why rows of one batch may run in several buckets, and why a bucket
/// that is not full is filled up rather than made smaller.
record Buckets(List<Bucket> buckets) {
  private static final List<Integer> TOKENS =
      List.of(32, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 4096, 8192);

  Buckets {
    buckets = List.copyOf(buckets);
    if (buckets.isEmpty()) {
      throw new IllegalArgumentException("no bucket");
    }
  }

  /// The buckets of an encoder.
  ///
  /// @param tokensMax its longest input
  /// @param padded whether every input has that length
  /// @param batchTokens padded tokens of a batch; a longer caption is a batch alone
  static Buckets of(int tokensMax, boolean padded, int batchTokens) {
    List<Bucket> buckets = new ArrayList<>();
    if (!padded) {
      for (int tokens : TOKENS) {
        if (tokens < tokensMax) {
          buckets.add(new Bucket(tokens, Math.max(1, batchTokens / tokens)));
        }
      }
    }
    buckets.add(new Bucket(tokensMax, Math.max(1, batchTokens / tokensMax)));
    return new Buckets(buckets);
  }

  /// The index of the bucket for a caption of that many tokens.
  int indexFor(int tokens) {
    for (int i = 0; i < buckets.size(); i++) {
      if (tokens <= buckets.get(i).tokens()) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        tokens + " tokens, and the longest input has " + buckets.getLast().tokens());
  }

  /// Sorts a window of captions by bucket, the longest first, and cuts it into batches that fill
  /// one each, but for the last of every bucket.
  List<TokenBatch> cut(List<TokenSequence> window) {
    List<TokenBatch> batches = new ArrayList<>();
    places(window)
        .reversed()
        .forEach((index, of) -> {
          int rows = get(index).rows();
          for (int from = 0; from < of.size(); from += rows) {
            List<Integer> some = of.subList(from, Math.min(of.size(), from + rows));
            batches.add(new TokenBatch(some.stream().map(window::get).toList(), some));
          }
        });
    return batches;
  }

  /// The captions' places by the index of their bucket, which halving does not change.
  SortedMap<Integer, List<Integer>> places(List<TokenSequence> captions) {
    SortedMap<Integer, List<Integer>> places = new TreeMap<>();
    for (int place = 0; place < captions.size(); place++) {
      places
          .computeIfAbsent(indexFor(captions.get(place).length()), _ -> new ArrayList<>())
          .add(place);
    }
    return places;
  }

  Bucket get(int index) {
    return buckets.get(index);
  }

  int elementsMax() {
    return buckets.stream().mapToInt(Bucket::elements).max().orElseThrow();
  }

  int rowsMax() {
    return buckets.stream().mapToInt(Bucket::rows).max().orElseThrow();
  }

  /// The same lengths with half the rows each, at least one.
  Buckets halved() {
    return new Buckets(
        buckets.stream()
            .map(each -> new Bucket(each.tokens(), Math.max(1, each.rows() / 2)))
            .toList());
  }

  @Override
  public String toString() {
    return buckets.stream().map(Bucket::toString).collect(Collectors.joining(" "));
  }
}
