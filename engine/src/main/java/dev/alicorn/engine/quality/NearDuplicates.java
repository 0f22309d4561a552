package dev.alicorn.engine.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// The texts kept so far, of which a further one may be a near duplicate: locality-sensitive
/// hashing over the bands of [MinHash].
///
/// A text that has a band in common with a kept one is compared with it, the last kept first, and
/// with at most 32 of each band: a phrase that very many texts share does not make this slow. About
/// 220 bytes a kept text. Not for use by several threads.
public final class NearDuplicates {
  private static final int COMPARED_MAX = 32;
  private static final int PAGE_TEXTS = 1 << 12;
  private static final int NONE = -1;

  private final double similarityMin;

  /// By page, the bands of texts one behind the other.
  private final List<long[]> bands = new ArrayList<>();

  /// By page, for each band of a text the kept text before it in the same bucket.
  private final List<int[]> before = new ArrayList<>();

  private final List<long[]> ids = new ArrayList<>();

  /// By band and bucket, the last kept text.
  private int[][] last = empty(1 << 10);

  private int kept;

  /// @param similarityMin from 0 to 1: from here on two texts are near duplicates; below 0.6 most
  ///   such pairs have no band in common and are not found
  public NearDuplicates(double similarityMin) {
    this.similarityMin = similarityMin;
  }

  /// Keeps a text, unless a kept one is like it.
  ///
  /// @param id what the text is called
  /// @return the id of the kept text that it is like; empty if it is now kept itself
  public OptionalLong add(long id, MinHash text) {
    for (int band = 0; band < MinHash.BANDS; band++) {
      int candidate = last[band][bucket(text.band(band))];
      for (int i = 0; i < COMPARED_MAX && candidate != NONE; i++) {
        if (similarity(text, candidate) >= similarityMin) {
          return OptionalLong.of(ids.get(candidate / PAGE_TEXTS)[candidate % PAGE_TEXTS]);
        }
        candidate = before(candidate, band);
      }
    }
    keep(id, text);
    return OptionalLong.empty();
  }

  /// How many texts are kept.
  public int size() {
    return kept;
  }

  private void keep(long id, MinHash text) {
    if (kept % PAGE_TEXTS == 0) {
      bands.add(new long[PAGE_TEXTS * MinHash.BANDS]);
      before.add(new int[PAGE_TEXTS * MinHash.BANDS]);
      ids.add(new long[PAGE_TEXTS]);
    }
    for (int band = 0; band < MinHash.BANDS; band++) {
      bands.getLast()[place(kept, band)] = text.band(band);
    }
    ids.getLast()[kept % PAGE_TEXTS] = id;
    if (kept == last[0].length) {
      last = empty(2 * kept);
      for (int earlier = 0; earlier < kept; earlier++) {
        link(earlier);
      }
    }
    link(kept++);
  }

  private void link(int text) {
    long[] own = bands.get(text / PAGE_TEXTS);
    int[] links = before.get(text / PAGE_TEXTS);
    for (int band = 0; band < MinHash.BANDS; band++) {
      int bucket = bucket(own[place(text, band)]);
      links[place(text, band)] = last[band][bucket];
      last[band][bucket] = text;
    }
  }

  private int before(int text, int band) {
    return before.get(text / PAGE_TEXTS)[place(text, band)];
  }

  private double similarity(MinHash text, int candidate) {
    long[] page = bands.get(candidate / PAGE_TEXTS);
    int equal = 0;
    for (int band = 0; band < MinHash.BANDS; band++) {
      equal += MinHash.equalBytes(text.band(band), page[place(candidate, band)]);
    }
    return MinHash.similarity(equal);
  }

  private static int place(int text, int band) {
    return text % PAGE_TEXTS * MinHash.BANDS + band;
  }

  private int bucket(long band) {
    return (int) ((band * 0x9E3779B97F4A7C15L) >>> Integer.SIZE) & (last[0].length - 1);
  }

  private static int[][] empty(int buckets) {
    int[][] last = new int[MinHash.BANDS][buckets];
    for (int[] band : last) {
      Arrays.fill(band, NONE);
    }
    return last;
  }
}
