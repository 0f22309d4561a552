package dev.alicorn.engine.filter;

import java.util.List;

/// All filters there are, in the order in which they look: what is cheap to find comes first.
final class QualityFilters {
  static final List<CaptionFilter> OF_CAPTIONS =
      List.of(
          new MarkupInCaption(),
          new LeakageInCaption(),
          new ShortCaption(),
          new NumeralsInCaption(),
          new RhetoricInCaption(),
          new UnfaithfulCaption());

  static final List<PairFilter> OF_PAIRS =
      List.of(
          new LeakageInPair(),
          new SameOptions(),
          new LongestRightOption(),
          new NumeralsInAnswer(),
          new RepeatedQuestion(),
          new YesSurplus(),
          new CopiedPair());

  static final List<SampleFilter> OF_SAMPLES = List.of(new LongConversation());

  private QualityFilters() {}
}
