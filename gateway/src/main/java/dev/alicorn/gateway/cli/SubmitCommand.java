package dev.alicorn.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alicorn.config.JobFile;
import dev.alicorn.config.JobSpecJson;
import dev.alicorn.engine.seed.SeedReader;
import dev.alicorn.engine.seed.SeedRow;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.SeedSource;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `alicorn submit`: gives a job to the daemon, with the seeds that lie in files here.
@Command(name = "submit", description = "Gives a job and its seed files to the daemon.")
final class SubmitCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(paramLabel = "JOB.conf", description = "The job.")
  private Path file = Path.of("");

  @Mixin private DaemonOptions daemon = new DaemonOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    JobFile job = JobFile.load(file);
    JobSpec spec = job.spec();
    boolean readsFiles = spec.seeds().stream().anyMatch(source -> !source.files().isEmpty());
    if (readsFiles) {
      SeedReader.check(spec.seeds(), job.folder());
    }
    JobSpec sent = readsFiles ? spec.from(List.of(new SeedSource.Stream())) : spec;
    JsonNode created = daemon.post("/v1/jobs", JobSpecJson.write(sent));
    String id = created.path("id").asText();
    if (readsFiles) {
      send(id, job);
    }
    tell(created, id, sent.isStreamed() && !readsFiles);
    return ExitCode.DONE.code();
  }

  private void send(String id, JobFile job) throws Exception {
    try (SeedReader rows = new SeedReader(job.spec().seeds(), job.folder())) {
      Lines lines = new Lines(rows);
      daemon.postLines("/v1/jobs/" + id + "/seeds", () -> lines);
      daemon.post("/v1/jobs/" + id + "/seal", "");
      if (lines.refused > 0) {
        System.err.println(lines.refused + " rows are no seeds and were not sent");
      }
    }
  }

  private void tell(JsonNode job, String id, boolean open) {
    PrintWriter console = command.commandLine().getOut();
    if (daemon.json()) {
      console.println(job);
      return;
    }
    console.println("job " + id + " is " + job.path("state").asText());
    if (open) {
      console.println("send it seeds:  POST /v1/jobs/" + id + "/seeds, then ./alicorn seal " + id);
    }
    console.println("watch it:       ./alicorn watch " + id);
  }

  /// Seeds as lines of JSON, read as they are sent.
  private static final class Lines implements Iterator<byte[]> {
    private final SeedReader rows;
    private long refused;

    Lines(SeedReader rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public byte[] next() {
      return switch (rows.next()) {
        case SeedRow.Seed seed -> {
          ObjectNode line = JSON.createObjectNode().put("text", seed.text());
          line.put("id", (seed.source() + 1) + ":" + seed.key());
          seed.domain().ifPresent(domain -> line.put("domain", domain));
          yield (line + "\n").getBytes(StandardCharsets.UTF_8);
        }
        case SeedRow.Refused _ -> {
          refused++;
          yield new byte[0];
        }
        case SeedRow.LeftOut _ -> new byte[0];
      };
    }
  }
}
