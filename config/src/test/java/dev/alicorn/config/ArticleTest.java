package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArticleTest {
  @Test
  void goesBySoundNotBySpelling() {
    assertThat(
            List.of(
                "apple",
                "umbrella",
                "hourglass",
                "heirloom tomato",
                "honest broker",
                "owl",
                "uninhabited island",
                "ushanka",
                "upright piano",
                "old house",
                "onion"))
        .allSatisfy(name -> assertThat(Article.before(name)).isEqualTo("an " + name));
    assertThat(
            List.of(
                "pear",
                "unicorn",
                "European robin",
                "ewe",
                "one-way street",
                "user",
                "utility knife",
                "ukulele",
                "eucalyptus",
                "house",
                "yew",
                "once-only offer"))
        .allSatisfy(name -> assertThat(Article.before(name)).isEqualTo("a " + name));
  }

  @Test
  void readsLettersByTheirNames() {
    assertThat(
            List.of("MRI scanner", "X-ray", "LED strip", "S", "F1 car", "8-ball", "11 o'clock sky"))
        .allSatisfy(name -> assertThat(Article.before(name)).isEqualTo("an " + name));
    assertThat(
            List.of("T-shirt", "USB stick", "CD player", "B-flat clarinet", "3D printer", "U-boat"))
        .allSatisfy(name -> assertThat(Article.before(name)).isEqualTo("a " + name));
  }
}
