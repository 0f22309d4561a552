package dev.alicorn.bench.encode;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.Domain;
import dev.alicorn.config.DomainSeeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/// Made captions as long as those of the Unicorn paper: 129 words on average, 51 at least and 483
/// at most (arXiv 2503.22655), of labels of the built-in domains. The same number gives the same
/// captions.
public final class PaperCaptions {
  static final int WORDS_MIN = 51;
  static final int WORDS_MAX = 483;
  static final int WORDS_MEAN = 129;

  /// Of the logarithm of the number of words beyond the fewest, so that their mean is the paper's.
  private static final double SPREAD = 0.55;

  private static final double MIDDLE = Math.log(WORDS_MEAN - WORDS_MIN) - SPREAD * SPREAD / 2;

  private static final List<String> SENTENCES =
      List.of(
          "On the left %s stands close to %s, lit by soft light from a window.",
          "Behind it %s can be made out, half hidden by %s.",
          "In the foreground %s throws a long shadow over the worn stone floor.",
          "To the right, %s rests against a wall of pale brick beside %s.",
          "Its surface is smooth and dark, and %s is mirrored in it.",
          "Further back, %s and %s are seen against an overcast sky.");

  private PaperCaptions() {}

  /// So many captions.
  public static List<String> of(int captions) throws ConfigException {
    List<String> labels = new ArrayList<>();
    for (Domain domain : DomainSeeds.open(DomainSeeds.NAMES, Path.of(""))) {
      domain.labels().forEach(label -> labels.add(label.withArticle()));
    }
    SplittableRandom random = new SplittableRandom(captions);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < captions; i++) {
      double beyond = Math.exp(MIDDLE + SPREAD * random.nextGaussian());
      int words = (int) Math.min(WORDS_MIN + beyond, WORDS_MAX);
      texts.add(caption(words, labels, random));
    }
    return texts;
  }

  private static String caption(int wordsMin, List<String> labels, SplittableRandom random) {
    StringJoiner text = new StringJoiner(" ");
    int words = 0;
    while (words < wordsMin) {
      String sentence =
          SENTENCES
              .get(random.nextInt(SENTENCES.size()))
              .formatted(drawn(labels, random), drawn(labels, random));
      for (String word : sentence.split(" ", -1)) {
        if (words < wordsMin) {
          text.add(word);
          words++;
        }
      }
    }
    return text.toString();
  }

  private static String drawn(List<String> labels, SplittableRandom random) {
    return labels.get(random.nextInt(labels.size()));
  }
}
