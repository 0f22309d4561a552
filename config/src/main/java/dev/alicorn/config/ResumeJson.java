package dev.alicorn.config;

import com.typesafe.config.ConfigObject;
import dev.alicorn.protocol.JobSpec;
import java.util.List;

/// What a job is resumed with: `{"budget": {…}}`, where the job is to go on under other caps.
public final class ResumeJson {
  private static final List<String> KEYS = List.of("budget");

  private ResumeJson() {}

  /// The caps of JSON that came over HTTP; those that it leaves out are as in `base`.
  public static JobSpec.Budget budget(String text, JobSpec base) throws ConfigException {
    ConfigObject defaults =
        ConfSource.json(JobSpecJson.write(base), "the job's own budget")
            .toConfig()
            .withOnlyPath("budget")
            .root();
    ConfReader resume = ConfReader.of(ConfSource.json(text, "resume"), defaults, KEYS);
    return JobReader.budget(resume.object("budget", JobReader.BUDGET));
  }
}
