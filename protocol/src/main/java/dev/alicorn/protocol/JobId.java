package dev.alicorn.protocol;

import java.util.regex.Pattern;

/// The name of a job's folder and of its address in the API: lower-case letters, digits, `-` and
/// `_`, 64 at most.
public record JobId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  public JobId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a job id is 1 to 64 of a-z, 0-9, - and _, not \"" + value + "\"");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
