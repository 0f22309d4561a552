package dev.alicorn.engine.judge;

import java.util.regex.Pattern;

/// The ways in which a model says, in plain text, that it will not do as asked.
///
/// Only the opening of an answer counts, and an apology alone is none: a sign in a picture may well
/// say sorry.
final class Refusals {
  private static final String CANNOT =
      "(?:cannot|can['’]?t|can not|could not|couldn['’]?t|will not|won['’]?t"
          + "|am unable|am not able|['’]m unable|['’]m not able)";
  private static final String DO =
      "(?:assist|help|provide|create|generate|write|fulfil|fulfill|comply|describe|see|view"
          + "|continue|process|produce|do|answer|complete|engage|support|access|analy[sz]e)";
  private static final Pattern OPENING =
      Pattern.compile(
          "(?:(?:i['’]?m|i am) (?:very |so |really )?sorry\\b.{0,80}?\\bi ?"
              + CANNOT
              + "\\b"
              + "|(?:sorry|i apologi[sz]e|my apologies|unfortunately)\\b.{0,80}?\\bi ?"
              + CANNOT
              + "\\b"
              + "|i ?"
              + CANNOT
              + "(?: \\w+){0,2}? (?:to )?"
              + DO
              + "\\b"
              + "|as an ai\\b"
              + "|(?:i['’]?m|i am) (?:just |only )?an ai\\b)",
          Pattern.CASE_INSENSITIVE);

  private Refusals() {}

  static boolean opens(String text) {
    return OPENING.matcher(text).lookingAt();
  }
}
