package dev.alicorn.engine.filter;

import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.Filter;
import dev.alicorn.protocol.Filters;
import dev.alicorn.protocol.Filters.Action;
import dev.alicorn.protocol.Filters.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// A recipe's filters, to be asked about single answers. Shareable by threads.
public final class Sieve {
  /// Lets everything pass.
  public static final Sieve OPEN = new Sieve(Filters.NONE);

  private final Filters filters;
  private final Runnable rejected;
  private final boolean rejectsCaptions;

  public Sieve(Filters filters) {
    this(filters, () -> {});
  }

  private Sieve(Filters filters, Runnable rejected) {
    this.filters = filters;
    this.rejected = rejected;
    this.rejectsCaptions = QualityFilters.OF_CAPTIONS.stream().anyMatch(this::rejects);
  }

  /// The same filters, and somebody who is told of each time that they reject something.
  public Sieve telling(Runnable listener) {
    return new Sieve(filters, listener);
  }

  /// The first fault for which a caption is rejected.
  ///
  /// @param seed asked for only where a filter rejects captions at all
  public Optional<Fault> caption(Supplier<String> seed, String caption) {
    if (!rejectsCaptions) {
      return Optional.empty();
    }
    String of = seed.get();
    return first(QualityFilters.OF_CAPTIONS, (one, limit) -> one.fault(of, caption, limit));
  }

  /// The pairs of a sample that no filter drops.
  public Sifted pairs(String caption, List<Pair> pairs) {
    List<Pair> kept = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    for (Pair pair : pairs) {
      first(QualityFilters.OF_PAIRS, (one, limit) -> one.fault(pair, kept, caption, limit))
          .ifPresentOrElse(faults::add, () -> kept.add(pair));
    }
    return new Sifted(kept, faults);
  }

  /// What is left of a sample's pairs.
  ///
  /// @param faults one for each pair that was dropped
  public record Sifted(List<Pair> kept, List<Fault> faults) {
    public Sifted {
      kept = List.copyOf(kept);
      faults = List.copyOf(faults);
    }
  }

  /// The first fault for which a sample is rejected as a whole.
  public Optional<Fault> sample(List<Pair> pairs) {
    return first(QualityFilters.OF_SAMPLES, (one, limit) -> one.fault(pairs, limit));
  }

  /// The filters that have a fault to report of a caption.
  public Set<Filter> reported(String seed, String caption) {
    Set<Filter> found = EnumSet.noneOf(Filter.class);
    for (CaptionFilter one : QualityFilters.OF_CAPTIONS) {
      if (reports(one) && one.fault(seed, caption, limit(one)).isPresent()) {
        found.add(one.filter());
      }
    }
    return Collections.unmodifiableSet(found);
  }

  /// The filters that have a fault to report of a sample or of any of its pairs.
  public Set<Filter> reported(String caption, List<Pair> pairs) {
    Set<Filter> found = EnumSet.noneOf(Filter.class);
    for (PairFilter one : QualityFilters.OF_PAIRS) {
      if (reports(one) && anyFault(one, caption, pairs)) {
        found.add(one.filter());
      }
    }
    for (SampleFilter one : QualityFilters.OF_SAMPLES) {
      if (reports(one) && one.fault(pairs, limit(one)).isPresent()) {
        found.add(one.filter());
      }
    }
    return Collections.unmodifiableSet(found);
  }

  private boolean anyFault(PairFilter one, String caption, List<Pair> pairs) {
    return IntStream.range(0, pairs.size())
        .anyMatch(
            at -> one.fault(pairs.get(at), pairs.subList(0, at), caption, limit(one)).isPresent());
  }

  private <F extends QualityFilter> Optional<Fault> first(List<F> filters, Look<F> look) {
    for (F one : filters) {
      if (rejects(one)) {
        Optional<String> detail = look.fault(one, limit(one));
        if (detail.isPresent()) {
          rejected.run();
          return Optional.of(new Fault(one.filter(), detail.get(), one.complaint(limit(one))));
        }
      }
    }
    return Optional.empty();
  }

  /// A filter's look at an answer.
  private interface Look<F> {
    Optional<String> fault(F filter, double limit);
  }

  private boolean rejects(QualityFilter one) {
    return rule(one).action() == Action.REJECT;
  }

  private boolean reports(QualityFilter one) {
    return rule(one).action() == Action.REPORT;
  }

  private double limit(QualityFilter one) {
    return rule(one).limit();
  }

  private Rule rule(QualityFilter one) {
    return filters.rule(one.filter());
  }
}
