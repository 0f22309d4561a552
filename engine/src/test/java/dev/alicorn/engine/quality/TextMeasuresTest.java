package dev.alicorn.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextMeasuresTest {
  @Test
  void wordsAreInLowerCaseWithoutPunctuation() {
    assertThat(TextWords.of("The dog's well-worn, blue collar -- (No. 5) doesn’t fit."))
        .containsExactly(
            "the", "dog's", "well-worn", "blue", "collar", "no", "5", "doesn't", "fit");
  }

  @Test
  void wordsAreThoseOfAnExpression() {
    Pattern word = Pattern.compile("[\\p{L}\\p{Nd}]+(?:['’-][\\p{L}\\p{Nd}]+)*");
    String signs = "aZ9'’-. \nÀéßİ²北𝔸😀\uD83D\uDE00٣_";
    long seed = Long.getLong("alicorn.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(signs.charAt(random.nextInt(signs.length())));
      }
      List<String> expected =
          word.matcher(text)
              .results()
              .map(match ->
                  match
                      .group()
                      .replace('’', '\'')
                      .codePoints()
                      .map(Character::toLowerCase)
                      .collect(
                          StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                      .toString())
              .toList();
      assertThat(TextWords.of(text.toString()))
          .as("-Dalicorn.seed=%d, text %d: %s", seed, i, text)
          .isEqualTo(expected)
          .hasSize(TextWords.count(text.toString()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dogs,dog",
    "running,run",
    "runs,run",
    "houses,hous",
    "house,hous",
    "berries,berry",
    "boxes,box",
    "benches,bench",
    "grass,grass",
    "cactus,cactus",
    "parked,park",
    "parking,park",
    "red,red",
    "ring,ring",
    "riding,rid",
    "rides,rid",
    "stopped,stop",
    "tall,tall",
  })
  void stemsMeetWhereTheWordIsTheSame(String word, String stem) {
    assertThat(ContentWords.stem(word)).isEqualTo(stem);
  }

  @Test
  void aSeedIsKeptAsFarAsItsContentWordsAre() {
    assertThat(ContentWords.kept("An image of a delicious ramen", "A bowl of ramen stands there."))
        .isEqualTo(1);
    assertThat(ContentWords.kept("Two dogs run on a beach", "A dog is running along the shore."))
        .isEqualTo(0.5);
    assertThat(ContentWords.kept("of the", "whatever")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a tower 25 meters tall|a tower|1",
        "3 dogs on a mat|three dogs|0",
        "serial number AX-2291 on the hull|a ship|1",
        "1,200 people|1200 people|0",
        "at 3:45 in the afternoon|an afternoon|1",
        "bus 42 passes|the number 42 bus|0",
        "three cats|a cat|0",
        "What is seen: 1. a cat. 2. a dog.|a cat|0",
        "an Airbus A320 from 1998|an Airbus A320|1",
      })
  void aNumeralIsInventedUnlessTheSourceHasIt(String text, String source, int invented) {
    assertThat(Numerals.invented(text, source)).hasSize(invented);
  }

  @Test
  void rhetoricIsFoundByWordAndPhrase() {
    assertThat(
            Rhetoric.find("A Breathtaking view, reminiscent  of a dream; the inspiringly red car"))
        .containsExactly("breathtaking", "reminiscent of");
    assertThat(Rhetoric.find("A red car stands on a gravel road.")).isEmpty();
  }

  @Test
  void aCopyIsAsLongAsTheWordsInARow() {
    assertThat(VerbatimCopy.runWords("The dog lies on a mat.", "Here the dog lies on the mat"))
        .isEqualTo(4);
    assertThat(VerbatimCopy.runWords("", "a b")).isZero();
    assertThat(VerbatimCopy.runWords("a b c", "a b c")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Yes, there are two.|YES",
        "yes|YES",
        "No.|NO",
        "No, the sky is grey.|NO",
        "No one stands there.|NEITHER",
        "Yesterday's paper.|NEITHER",
        "Nothing.|NEITHER",
        "A.|NEITHER",
      })
  void yesAndNoAreAnAnswersFirstWord(String answer, YesNo kind) {
    assertThat(YesNo.of(answer)).isEqualTo(kind);
  }

  @Test
  void theRightOptionIsComparedWithTheLongestWrongOne() {
    assertThat(LongestOption.ratio(List.of("aaaa", "bb", "c", "d"), 0)).isEqualTo(2);
    assertThat(LongestOption.ratio(List.of("aaaa", "bb", "c", "d"), 1)).isEqualTo(0.5);
    assertThat(LongestOption.ratio(List.of("a", "", "", ""), 0)).isEqualTo(1);
  }
}
