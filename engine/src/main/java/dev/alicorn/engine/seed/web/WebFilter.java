package dev.alicorn.engine.seed.web;

import java.util.List;
import java.util.Optional;

/// What a text from the web must be like to be a caption in English: rules, asked in their order.
public final class WebFilter {
  private static final List<WebRule> RULES =
      List.of(
          new WordCount(),
          new Addresses(),
          new Boilerplate(),
          new DatesAlone(),
          new LetterShare(),
          new Repetition(),
          new ListedWords(),
          new English());

  private WebFilter() {}

  /// Why a text is no caption, by the first rule that is against it; empty where none is.
  public static Optional<String> against(String text) {
    WebText looked = WebText.of(text);
    return RULES.stream().flatMap(rule -> rule.against(looked).stream()).findFirst();
  }
}
