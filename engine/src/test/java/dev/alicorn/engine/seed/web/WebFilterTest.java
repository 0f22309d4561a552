package dev.alicorn.engine.seed.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebFilterTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a dog runs",
        "Red sports car",
        "Modern living room interior design ideas",
        "Two men in May 2019",
        "a caf\u00e9 table with a jalape\u00f1o on it",
        "row row your boat",
        "A man with a camera photographs a 1950s truck, 3 dogs and 2 cats.",
        "The saleswoman clicks a pen",
        "a cock crows on a dunghill",
        "a man in an industrial kitchen wears a J.Crew. shirt",
        "children die of thirst beside a dry well"
      })
  void lets(String caption) {
    assertThat(WebFilter.against(caption)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a dog| fewer than 3 words",
        "... --- !!! a dog| fewer than 3 words",
        "iPhone 13 (128 GB) 4/5 $ 899.00| few letters",
        "see more at www.dogs.example| an address of the web or of mail",
        "dogs at https://dogs.example/1| an address of the web or of mail",
        "write to jane.doe@dogs.example now| an address of the web or of mail",
        "photos by Dogs-and-Cats.com of a dog| an address of the web or of mail",
        "my holiday picture IMG_1234| boilerplate",
        "the lovely dog in dog-at-lake.JPG| boilerplate",
        "Dog at a lake, Stock Photo| boilerplate",
        "old house for sale near a lake| boilerplate",
        "Click here to see a dog| boilerplate",
        "A dog at a lake \u00a9 Jane Doe| boilerplate",
        "Monday, 12th March| a date alone",
        "dog dog dog at a lake| a repetition",
        "dog cat dog cat dog cat dog cat| a repetition",
        "hot porn of the year| an explicit word or a slur",
        "Ein Hund rennt \u00fcber das nasse Gras im Park| not English",
        "Un chien court dans l'herbe avec une balle| not English",
        "Un perro corre por la hierba con una pelota| not English",
        "Een hond rent over het gras met zijn bal| not English",
        "Pies biegnie po trawie nad jeziorem i nie patrzy| not English",
        "\u0421\u043e\u0431\u0430\u043a\u0430 \u0431\u0435\u0436\u0438\u0442 \u043f\u043e \u0442\u0440\u0430\u0432\u0435| not English",
        "\u4e00 \u53ea \u72d7 \u5728 \u8349 \u5730 \u4e0a| not English",
        "aso tumatakbo damuhan parke habang naglalaro bata bola puti tabi lawa| not English",
      })
  void isAgainst(String caption, String reason) {
    assertThat(WebFilter.against(caption).orElse(null)).isEqualTo(reason);
  }

  @Test
  void countsWordsUpToSixty() {
    List<String> words =
        IntStream.range(0, 61).mapToObj(i -> i % 2 == 0 ? "the" : "word" + i).toList();
    assertThat(WebFilter.against(String.join(" ", words.subList(0, 60)))).isEmpty();
    assertThat(WebFilter.against(String.join(" ", words))).contains("more than 60 words");
  }

  /// A text of any signs has an answer.
  @Test
  void bearsAnyText() {
    for (String text :
        new String[] {
          "", " ", "\uD800", "\u0000\u0001", "\uD83D\uDE80 \uD83D\uDE80 \uD83D\uDE80 a b c"
        }) {
      assertThat(WebFilter.against(text)).as(text).isPresent();
    }
  }
}
