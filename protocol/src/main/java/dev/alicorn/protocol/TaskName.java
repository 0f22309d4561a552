package dev.alicorn.protocol;

import java.util.regex.Pattern;

/// The name of an instruct task: its key in `instruct.tasks` and in dataset files. Lower-case
/// letters, digits and `_`, a letter first, 40 at most.
public record TaskName(String key) implements Comparable<TaskName> {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  public TaskName {
    if (!FORM.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "a task's name is 1 to 40 of a-z, 0-9 and _, a letter first, not \"" + key + "\"");
    }
  }

  /// The stage that the task's calls are for.
  public Stage stage() {
    return Stage.instruct(this);
  }

  @Override
  public int compareTo(TaskName other) {
    return key.compareTo(other.key);
  }

  @Override
  public String toString() {
    return key;
  }
}
