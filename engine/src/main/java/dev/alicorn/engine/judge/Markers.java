package dev.alicorn.engine.judge;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The marks of chat templates in a model's text: those at its edges are left-overs of its own
/// template and are taken off, those inside would break a trainer's.
final class Markers {
  /// Special tokens as the tokenizers of open models spell them.
  private static final String TOKEN =
      "(?:<\\|[A-Za-z0-9_]{1,32}\\|>|</?s>|<(?:start|end)_of_turn>|\\[/?INST\\]|<</?SYS>>)";

  private static final int TOKEN_CHARS_MAX = 40;
  private static final String THOUGHT_END = "</think>";

  private static final Pattern LEADING =
      Pattern.compile("\\s*+" + TOKEN + "\\s*+(?:(?:assistant|model)\\b[\\s:]*+)?");
  private static final Pattern TRAILING = Pattern.compile(TOKEN + "\\z");
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "<image>|<im_(?:start|end|patch)>|\\bASSISTANT:(?:\\s|\\z)|</?think>|<unk>|<pad>|"
              + TOKEN);

  private Markers() {}

  /// The text without a leading thought and without template tokens at its edges.
  static String stripEdges(String text) {
    if (text.indexOf('<') < 0 && text.indexOf('[') < 0) {
      return text.strip();
    }
    int start = text.lastIndexOf(THOUGHT_END);
    start = start < 0 ? 0 : start + THOUGHT_END.length();
    Matcher leading = LEADING.matcher(text);
    while (leading.region(start, text.length()).lookingAt()) {
      start = leading.end();
    }
    String rest = text.substring(start).strip();
    Matcher trailing = TRAILING.matcher(rest);
    while (trailing.region(Math.max(0, rest.length() - TOKEN_CHARS_MAX), rest.length()).find()) {
      rest = rest.substring(0, trailing.start()).strip();
      trailing.reset(rest);
    }
    return rest;
  }

  /// Whether a marker stands in the text that a trainer would take for its own.
  static boolean within(String text) {
    boolean possible =
        text.indexOf('<') >= 0 || text.indexOf('[') >= 0 || text.contains("ASSISTANT:");
    return possible && FORBIDDEN.matcher(text).find();
  }
}
