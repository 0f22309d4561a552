package dev.alicorn.engine.seed;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.Domain;
import dev.alicorn.config.DomainSeeds;
import dev.alicorn.protocol.SeedSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The seeds that domain labels make in their domains' templates.
///
/// The order is such that every stretch of it is as diverse as the whole. It has a round for each
/// template that a label gets, and every label is in every round once. Within a round each domain's
/// labels are spread evenly over it, so that domains take turns by their sizes (the label that is
/// k-th of n stands at (2k + 1) / 2n of the round; of equals the domain that was named first). A
/// domain's labels come in strides of about 0.618 of their number, not by alphabet, and neighbours
/// get different templates: the label that is k-th gets template (k + round) modulo their number.
///
/// A key is `domain/label/template`, the template's number from 1.
final class LabelSeeds implements SeedStream {
  private static final double GOLDEN = 0.618_033_988_749_895;

  private final int source;
  private final List<Domain> domains;
  private final int[] rounds;
  private final int[] strides;
  private final int[] next;
  private int round;
  private long left;

  /// Opens a source's domains.
  ///
  /// @param source index of the source in the job's `seeds`
  /// @param baseFolder what the names of domains' files are relative to
  /// @throws SeedException at a domain that there is not, or that cannot be read
  LabelSeeds(SeedSource.Labels labels, int source, Path baseFolder) {
    this.source = source;
    try {
      domains = DomainSeeds.open(labels.domains(), baseFolder);
    } catch (ConfigException e) {
      throw new SeedException("seeds[" + source + "]: " + e.getMessage(), e);
    }
    rounds =
        domains.stream()
            .mapToInt(domain -> Math.min(labels.templatesPerLabel(), domain.templates().size()))
            .toArray();
    strides = domains.stream().mapToInt(domain -> stride(domain.labels().size())).toArray();
    next = new int[domains.size()];
    for (int i = 0; i < rounds.length; i++) {
      left += (long) rounds[i] * domains.get(i).labels().size();
    }
  }

  @Override
  public SeedRow.@Nullable Seed next() {
    if (left == 0) {
      return null;
    }
    int turn = turn();
    while (turn < 0) {
      round++;
      Arrays.fill(next, 0);
      turn = turn();
    }
    left--;
    return seed(turn, next[turn]++);
  }

  @Override
  public void close() {}

  /// Which domain's label stands first of those that the round still has; -1 at its end.
  private int turn() {
    int first = -1;
    for (int i = 0; i < next.length; i++) {
      boolean has = round < rounds[i] && next[i] < size(i);
      if (has && (first < 0 || isBefore(i, first))) {
        first = i;
      }
    }
    return first;
  }

  private boolean isBefore(int domain, int other) {
    return (2L * next[domain] + 1) * size(other) < (2L * next[other] + 1) * size(domain);
  }

  private SeedRow.Seed seed(int turn, int place) {
    Domain domain = domains.get(turn);
    int label = (int) ((long) place * strides[turn] % size(turn));
    int template = (place + round) % domain.templates().size();
    String key = domain.name() + "/" + domain.labels().get(label).text() + "/" + (template + 1);
    return new SeedRow.Seed(source, key, domain.seed(label, template), Optional.of(domain.name()));
  }

  private int size(int domain) {
    return domains.get(domain).labels().size();
  }

  /// The number nearest above 0.618 of a size that has no divisor in common with it.
  private static int stride(int size) {
    int stride = Math.max(1, (int) (size * GOLDEN));
    while (greatestCommonDivisor(stride, size) != 1) {
      stride++;
    }
    return stride;
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
