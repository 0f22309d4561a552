package dev.alicorn.gpuworker.batch;

import dev.alicorn.gpuworker.tokenize.TokenSequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Tokenised captions of like length, encoded in one go.
///
/// @param places where each row stands in the window that the batch was cut from
public record TokenBatch(List<TokenSequence> rows, List<Integer> places) {
  public TokenBatch {
    rows = List.copyOf(rows);
    places = List.copyOf(places);
    if (rows.isEmpty() || rows.size() != places.size()) {
      throw new IllegalArgumentException(
          "a batch has at least one row and a place for each: %d rows, %d places"
              .formatted(rows.size(), places.size()));
    }
  }

  /// Sorts a window of captions by length, longest first, and cuts it into batches whose padded
  /// size (rows times the longest) is at most `batchTokensMax`; a single longer row is a batch
  /// alone.
  public static List<TokenBatch> cut(List<TokenSequence> window, int batchTokensMax) {
    List<Integer> order =
        IntStream.range(0, window.size())
            .boxed()
            .sorted(Comparator.comparingInt(place -> -window.get(place).length()))
            .toList();
    List<TokenBatch> batches = new ArrayList<>();
    int from = 0;
    while (from < order.size()) {
      int longest = window.get(order.get(from)).length();
      int rows = Math.clamp(batchTokensMax / longest, 1, order.size() - from);
      List<Integer> places = order.subList(from, from + rows);
      batches.add(new TokenBatch(places.stream().map(window::get).toList(), places));
      from += rows;
    }
    return batches;
  }
}
