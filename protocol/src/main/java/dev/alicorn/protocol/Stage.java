package dev.alicorn.protocol;

import java.util.Optional;

/// What an LLM call is for: a record is called upon once for its caption and, if it is drawn, once
/// for the task that it is drawn for.
///
/// @param key `caption`, or `instruct_` and the task's name
public record Stage(String key) {
  private static final String CAPTION_KEY = "caption";
  private static final String INSTRUCT_PREFIX = "instruct_";

  public static final Stage CAPTION = new Stage(CAPTION_KEY);

  public Stage {
    if (!key.equals(CAPTION_KEY)) {
      if (!key.startsWith(INSTRUCT_PREFIX)) {
        throw new IllegalArgumentException("no stage is called \"" + key + "\"");
      }
      taskOf(key);
    }
  }

  static Stage instruct(TaskName task) {
    return new Stage(INSTRUCT_PREFIX + task.key());
  }

  /// The stage of a key in a journal.
  static Stage of(String key) {
    return key.equals(CAPTION_KEY) ? CAPTION : new Stage(key);
  }

  /// The task of an instruct stage; empty for captions.
  public Optional<TaskName> task() {
    return key.equals(CAPTION_KEY) ? Optional.empty() : Optional.of(taskOf(key));
  }

  private static TaskName taskOf(String key) {
    return new TaskName(key.substring(INSTRUCT_PREFIX.length()));
  }
}
