package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.config.Domain.Label;
import org.junit.jupiter.api.Test;

class DomainFileTest {
  @Test
  void tellsTemplatesFromLabels() throws ConfigException {
    Domain domain =
        read(
            """
            # Things on my desk.

            A photo of {a} on a desk.
            {a} from above, with {label} written below.
            lamp
              old radio
            - scissors
            the Eiffel Tower
            an MRI scanner
            a Ulysses butterfly
            """);

    assertThat(domain.templates()).hasSize(2);
    assertThat(domain.labels())
        .containsExactly(
            new Label("lamp", "a lamp"),
            new Label("old radio", "an old radio"),
            new Label("scissors", "scissors"),
            new Label("Eiffel Tower", "the Eiffel Tower"),
            new Label("MRI scanner", "an MRI scanner"),
            new Label("Ulysses butterfly", "a Ulysses butterfly"));
    assertThat(domain.seed(1, 0)).isEqualTo("A photo of an old radio on a desk.");
    assertThat(domain.seed(2, 1)).isEqualTo("Scissors from above, with scissors written below.");
    assertThat(domain.seed(3, 1))
        .isEqualTo("The Eiffel Tower from above, with Eiffel Tower written below.");
  }

  @Test
  void takesALabelThatOnlyBeginsLikeAnArticle() throws ConfigException {
    assertThat(read("{a}\nanemone\ntheodolite\na-frame\n").labels())
        .extracting(Label::withArticle)
        .containsExactly("an anemone", "a theodolite", "an a-frame");
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertFault("lamp\n", "mine.txt: it has no template");
    assertFault("A photo of {a}.\n", "mine.txt: it has no label");
    assertFault(
        "A photo of {it}.\nlamp\n",
        "mine.txt:1: a template knows {a}, the label with its article, and {label}, not {it}");
    assertFault("A photo of {a.\nlamp\n", "mine.txt:1: a template knows {a}");
    assertFault("{a}\nlamp\n\n- lamp\n", "mine.txt:4: \"lamp\" is there twice; take one out");
    assertFault("{a}\n-\n", "mine.txt:2: behind the - comes a label");
    assertFault(
        "{a}\n" + "x".repeat(401) + "\n",
        "mine.txt:2: a template or a label has at most 400 characters");
  }

  private static Domain read(String text) throws ConfigException {
    return DomainFile.read("mine", text, "mine.txt");
  }

  private static void assertFault(String text, String sentence) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(sentence);
  }
}
