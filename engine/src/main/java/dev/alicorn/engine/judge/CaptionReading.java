package dev.alicorn.engine.judge;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The reader of captions: a model's text as one plain paragraph, or why it is none.
final class CaptionReading {
  /// Fewer words name a thing and do not describe it.
  private static final int WORDS_MIN = 5;

  /// The human turn beside a caption takes its share of the trainers' limit.
  private static final int TOKENS_MAX = Words.TOKENS_MAX - 32;

  /// Longer texts are not even cleaned up.
  private static final int CHARS_MAX = 1 << 16;

  /// Wrappers within wrappers are taken off this often at most.
  private static final int PASSES_MAX = 8;

  private static final String FENCE = "```";
  private static final Pattern FENCE_OPENING = Pattern.compile("```(?:[A-Za-z]{1,12}(?=\\s))?");
  private static final String NOUN =
      "(?:captions?|descriptions?|paragraphs?|rewrites?|versions?|texts?|answers?|outputs?)";
  private static final Pattern LABEL =
      Pattern.compile(
          "(?:"
              + "(?:(?:sure|certainly|of course|okay|ok|absolutely)\\b[^\\p{L}\\p{N}]{1,4})?"
              + "(?:here(?:['’]s| is| are)|this is|below is)\\b[^:.!?\\n]{0,100}?\\b"
              + NOUN
              + "\\b[^:.!?\\n]{0,100}:"
              + "|[*_#\\s]{0,6}(?:(?:final|detailed|dense|image|new|rewritten|the) ){0,3}"
              + NOUN
              + "[*_\\s]{0,4}:"
              + ")[*_\\s]*",
          Pattern.CASE_INSENSITIVE);
  private static final String QUOTES = "\"\"“”''‘’««»»``**";
  private static final Pattern SENTENCE_END =
      Pattern.compile("[.!?…]['\"”’)\\]]{0,3}(?=\\s|\\z)|[。！？][”』」）]{0,2}");
  private static final Pattern ABBREVIATED =
      Pattern.compile("(?:\\A|.*[\\s(])(?:\\p{L}|mr|mrs|ms|dr|st|vs|etc|approx|no|e\\.g|i\\.e)");

  private CaptionReading() {}

  /// A caption.
  record Caption(String text, boolean cutAtLength) {}

  static Reading<Caption> read(String text, boolean cutAtLength) {
    if (text.length() > CHARS_MAX) {
      return tooLong(text.length() + " characters");
    }
    String paragraph = paragraph(text);
    String whole = cutAtLength ? wholeSentences(paragraph) : paragraph;
    int words = Words.count(whole);
    int tokens = Words.tokens(words);
    if (words == 0) {
      return new Reading.Unfit<>(
          Rejection.EMPTY_CAPTION, "no text", "Your answer was empty. Write the caption.");
    }
    if (Markers.within(whole)) {
      return new Reading.Unfit<>(
          Rejection.FORBIDDEN_TEXT,
          Excerpt.of(whole),
          "Your answer held markup of a chat or an image tag. Write plain sentences only.");
    }
    if (Refusals.opens(whole)) {
      return new Reading.Unfit<>(
          Rejection.REFUSAL,
          Excerpt.of(whole),
          "Your answer was not a caption. Nothing but a plain description of the visible scene is"
              + " asked for; write it.");
    }
    if (words < WORDS_MIN) {
      return new Reading.Unfit<>(
          Rejection.TOO_SHORT,
          Excerpt.of(whole),
          "Your answer was only " + words + " words long. Write one full paragraph.");
    }
    if (tokens > TOKENS_MAX) {
      return tooLong("about " + tokens + " tokens");
    }
    return new Reading.Fit<>(new Caption(whole, cutAtLength), !whole.equals(text));
  }

  private static Reading<Caption> tooLong(String length) {
    return new Reading.Unfit<>(
        Rejection.TOO_LONG,
        length + ", " + TOKENS_MAX + " tokens are kept",
        "Your answer was far too long. Write one paragraph of about 130 words.");
  }

  /// The text without wrappers, as one line.
  static String paragraph(String text) {
    String inner = text;
    for (int pass = 0; pass < PASSES_MAX; pass++) {
      String barer = unquoted(unlabelled(unfenced(Markers.stripEdges(inner))));
      if (barer.equals(inner)) {
        break;
      }
      inner = barer;
    }
    return Paragraph.of(inner);
  }

  /// What stands in a code fence that spans the text, closed or not.
  static String unfenced(String text) {
    Matcher opening = FENCE_OPENING.matcher(text);
    if (!opening.lookingAt()) {
      return text;
    }
    String inner = text.substring(opening.end()).strip();
    return inner.endsWith(FENCE)
        ? inner.substring(0, inner.length() - FENCE.length()).strip()
        : inner;
  }

  /// The text after a label such as `Caption:` or `Here is the description:`.
  static String unlabelled(String text) {
    Matcher label = LABEL.matcher(text);
    return label.lookingAt() ? text.substring(label.end()) : text;
  }

  /// The text between quotes that span it, if none of their kind stands inside.
  static String unquoted(String text) {
    if (text.length() < 2) {
      return text;
    }
    int kind = QUOTES.indexOf(text.charAt(0));
    if (kind < 0 || kind % 2 != 0 || text.charAt(text.length() - 1) != QUOTES.charAt(kind + 1)) {
      return text;
    }
    String inner = text.substring(1, text.length() - 1);
    boolean nested =
        inner.indexOf(QUOTES.charAt(kind)) >= 0 || inner.indexOf(QUOTES.charAt(kind + 1)) >= 0;
    return nested ? text : inner.strip();
  }

  /// The text up to its last full sentence; the whole, if what is left would be no caption.
  static String wholeSentences(String text) {
    int end = 0;
    Matcher stop = SENTENCE_END.matcher(text);
    while (stop.find()) {
      String before = text.substring(Math.max(end, stop.start() - 12), stop.start());
      boolean abbreviated =
          text.charAt(stop.start()) == '.'
              && ABBREVIATED.matcher(before.toLowerCase(Locale.ROOT)).matches();
      if (!abbreviated || stop.end() == text.length()) {
        end = stop.end();
      }
    }
    String whole = text.substring(0, end);
    return Words.count(whole) < WORDS_MIN ? text : whole;
  }
}
