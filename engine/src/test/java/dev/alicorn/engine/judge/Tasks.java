package dev.alicorn.engine.judge;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.JobFile;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.TaskName;
import java.util.List;

/// The tasks that ship with Alicorn, as tests name them.
public final class Tasks {
  public static final TaskName MULTIPLE_CHOICE = new TaskName("multiple_choice");
  public static final TaskName QUESTION_ANSWERING = new TaskName("question_answering");
  public static final TaskName COMPLEX_REASONING = new TaskName("complex_reasoning");
  public static final List<TaskName> ALL =
      List.of(MULTIPLE_CHOICE, QUESTION_ANSWERING, COMPLEX_REASONING);

  /// A job that has all of them.
  public static final JobSpec JOB = job();

  private Tasks() {}

  private static JobSpec job() {
    try {
      return JobFile.parse("seeds = [ { builtin = quick-start } ]", "JOB.conf");
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }
}
