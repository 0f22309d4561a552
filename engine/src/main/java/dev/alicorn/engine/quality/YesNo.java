package dev.alicorn.engine.quality;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether an answer begins with yes or no.
public enum YesNo {
  YES,
  NO,
  NEITHER;

  private static final Pattern OPENING =
      Pattern.compile(
          "\\W{0,3}(?:(yes)|no(?=\\W*\\z|\\W*,|\\.|;|:| there | it | they | he | she | the ))\\b",
          Pattern.CASE_INSENSITIVE);

  public static YesNo of(String answer) {
    Matcher opening = OPENING.matcher(answer);
    if (!opening.lookingAt()) {
      return NEITHER;
    }
    return opening.group(1) != null ? YES : NO;
  }
}
