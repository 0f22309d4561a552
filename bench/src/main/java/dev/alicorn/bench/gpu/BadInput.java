package dev.alicorn.bench.gpu;

import dev.alicorn.bench.measure.Row;
import dev.alicorn.gpuworker.CaptionEncoder;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import dev.alicorn.protocol.RecordId;
import java.util.ArrayList;
import java.util.List;

/// Captions that nobody wants in the middle of good ones: these must get the vectors that they get
/// without.
final class BadInput {
  private static final List<String> BAD =
      List.of(
          "",
          " \t\n",
          "\u0000\u0001\u0007",
          "\uD800",
          "\uFFFD\u200B\uFEFF",
          "\u0645\u0631\u062d\u0628\u0627 \u5c71\u9ad8 \uD83E\uDD84",
          "x".repeat(100_000),
          "a kayak ".repeat(100_000));

  private BadInput() {}

  static Row row(String name, CaptionEncoder encoder, List<String> good) throws EncoderException {
    List<EncodedBatch.Result> alone = encoder.encode(batch(good)).results();
    List<String> mixed = new ArrayList<>(good);
    for (int i = 0; i < BAD.size(); i++) {
      mixed.add(i * good.size() / BAD.size(), BAD.get(i));
    }
    List<EncodedBatch.Result> results = encoder.encode(batch(mixed)).results();
    int rejected = 0;
    int changed = 0;
    int next = 0;
    for (int i = 0; i < mixed.size(); i++) {
      if (BAD.contains(mixed.get(i))) {
        rejected += results.get(i) instanceof EncodedBatch.Rejected ? 1 : 0;
      } else {
        changed += same(alone.get(next), results.get(i)) ? 0 : 1;
        next++;
      }
    }
    return Row.of(name, "captions", mixed.size())
        .and("rejected", rejected)
        .and("changed_vectors", changed);
  }

  /// Whether two results have the same vector, bit for bit.
  static boolean same(EncodedBatch.Result one, EncodedBatch.Result other) {
    return one instanceof EncodedBatch.Encoded first
        && other instanceof EncodedBatch.Encoded second
        && first.vector().equals(second.vector());
  }

  private static EncodeBatch batch(List<String> texts) {
    List<EncodeBatch.Item> items = new ArrayList<>();
    for (String text : texts) {
      items.add(new EncodeBatch.Item(new RecordId(items.size() + 1), text));
    }
    return new EncodeBatch(items);
  }
}
