package dev.alicorn.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static Verdict captions(double ttr, double duplicates) {
    Figures figures = new Figures();
    figures.put(CaptionMeasure.TTR, ttr);
    figures.put(CaptionMeasure.NEAR_DUPLICATES, duplicates);
    return verdict(figures, Group.CAPTIONS);
  }

  private static Verdict verdict(Figures figures, Group group) {
    return Verdict.of(figures).stream()
        .filter(verdict -> verdict.group() == group)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void worstRuleDecides() {
    assertThat(captions(0.68, 0.001).level()).isEqualTo(Level.GOOD);
    assertThat(captions(0.5, 0.001).level()).isEqualTo(Level.LOOK);
    assertThat(captions(0.5, 0.9).level()).isEqualTo(Level.STOP);
    assertThat(captions(0.5, 0.9).reasons()).hasSize(2);
    assertThat(captions(0.5, 0.9).reason())
        .startsWith("Near duplicates: 90.0 % (look above 2.0 %, stop above 20.0 %), ")
        .endsWith("(and 1 more)");
  }

  /// A skew of a few letters is chance; the rule counts once chance is unlikely.
  @Test
  void skewOfFewLettersIsNoFinding() {
    Figures figures = new Figures();
    figures.put(InstructionMeasure.LETTER_SKEW, 0.25);
    figures.put(InstructionMeasure.LETTER_P, 0.3);
    assertThat(verdict(figures, Group.INSTRUCTIONS).level()).isEqualTo(Level.GOOD);
    figures.put(InstructionMeasure.LETTER_P, 0.001);
    assertThat(verdict(figures, Group.INSTRUCTIONS).level()).isEqualTo(Level.STOP);
  }

  @Test
  void nothingIsNotGood() {
    assertThat(Verdict.of(new Figures()))
        .hasSize(4)
        .allSatisfy(verdict -> assertThat(verdict.level()).isEqualTo(Level.LOOK));
  }

  /// Every rule is about a measure that its limits can be told in, and none is broken by what was
  /// published.
  @Test
  void publishedFiguresPass() {
    Figures figures = new Figures();
    figures.put(CaptionMeasure.CAPTION_COUNT, 1_200_000);
    figures.put(CaptionMeasure.WORDS_MEAN, 129);
    figures.put(CaptionMeasure.TTR, 0.68);
    figures.put(CaptionMeasure.ENTROPY, 6.07);
    figures.put(InstructionMeasure.PAIRS_MEAN, 7);
    figures.put(EmbeddingMeasure.IMAGE_TOWER, 1);
    figures.put(EmbeddingMeasure.RANK, 41);
    figures.put(EmbeddingMeasure.PHI, 0.899);
    figures.put(EmbeddingMeasure.OMEGA, 0.84);
    figures.put(CompositionMeasure.UNREADABLE, 0);
    assertThat(Verdict.of(figures))
        .allSatisfy(verdict -> assertThat(verdict.level()).isEqualTo(Level.GOOD));
  }

  @Test
  void betterIsToldWhereItIsKnown() {
    assertThat(better(CaptionMeasure.TTR, 0.6, 0.7)).isEqualTo(Difference.Side.SECOND);
    assertThat(better(CaptionMeasure.NEAR_DUPLICATES, 0.6, 0.7)).isEqualTo(Difference.Side.FIRST);
    assertThat(better(CaptionMeasure.WORDS_MEAN, 120, 200)).isEqualTo(Difference.Side.FIRST);
    assertThat(better(InstructionMeasure.YES, 0.3, 0.4)).isEqualTo(Difference.Side.SECOND);
    assertThat(better(EmbeddingMeasure.TRACE, 0.3, 0.4)).isEqualTo(Difference.Side.NEITHER);
    assertThat(better(CaptionMeasure.TTR, 0.7, 0.7001)).isEqualTo(Difference.Side.NEITHER);
    assertThat(
            Difference.of(CaptionMeasure.TTR, OptionalDouble.empty(), OptionalDouble.of(1))
                .differs())
        .isFalse();
  }

  private static Difference.Side better(Measure measure, double first, double second) {
    return Difference.of(measure, OptionalDouble.of(first), OptionalDouble.of(second)).better();
  }
}
