package dev.alicorn.config;

import dev.alicorn.protocol.JobSpec;

/// The jobs that ship with Alicorn.
public final class BuiltinJobs {
  private BuiltinJobs() {}

  /// The job of `./alicorn run` without a file: sixteen built-in seeds, two samples of each task.
  public static JobSpec quickStart() {
    try {
      return JobFile.parse(Resources.text("jobs/quick-start.conf"), "quick-start.conf");
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }
}
