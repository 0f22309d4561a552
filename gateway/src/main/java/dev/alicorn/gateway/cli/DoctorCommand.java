package dev.alicorn.gateway.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alicorn.config.Deployment;
import dev.alicorn.gateway.doctor.Checks;
import dev.alicorn.gateway.doctor.Doctor;
import dev.alicorn.gateway.doctor.Verdict;
import dev.alicorn.gateway.wiring.EndpointProbes;
import dev.alicorn.gpuworker.model.ModelStore;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `alicorn doctor`: what the machine, the models and the endpoints are fit for.
@Command(
    name = "doctor",
    description =
        "Looks at what jobs need, and says what is wrong and how to mend it. Nothing is fetched, started, billed or left behind.")
final class DoctorCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VERDICT_CHARS = 4;

  @Mixin private DeploymentOptions options = new DeploymentOptions();

  @Option(names = "--json", description = "Prints one JSON object, with everything in it.")
  private boolean json;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Deployment deployment = options.deployment();
    PrintWriter out = command.commandLine().getOut();
    List<Doctor.Line> lines;
    try (EndpointProbes probes = new EndpointProbes()) {
      Doctor doctor =
          Checks.of(
              deployment, options.jobs().root(), new ModelStore(options.modelsFolder()), probes);
      int width = doctor.subjects().stream().mapToInt(String::length).max().orElseThrow();
      lines = doctor.examine(json ? _ -> {} : line -> print(out, line, width));
    }
    out.println(json ? json(lines) : summary(lines));
    return (count(lines, Verdict.FAIL) == 0 ? ExitCode.DONE : ExitCode.FINDINGS).code();
  }

  private static void print(PrintWriter out, Doctor.Line line, int width) {
    out.println(
        padded(line.diagnosis().verdict().key(), VERDICT_CHARS)
            + "  "
            + padded(line.subject(), width)
            + "  "
            + line.diagnosis().sentence());
    out.flush();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static String summary(List<Doctor.Line> lines) {
    List<String> counts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      long count = count(lines, verdict);
      if (count > 0) {
        counts.add(count + " " + verdict.key());
      }
    }
    return lines.size() + " checks: " + String.join(", ", counts);
  }

  /// One object: the verdict of each check, and how many there are of each verdict.
  private static String json(List<Doctor.Line> lines) {
    ObjectNode root = JSON.createObjectNode();
    for (Verdict verdict : Verdict.values()) {
      root.put(verdict.key(), count(lines, verdict));
    }
    ArrayNode checks = root.putArray("checks");
    for (Doctor.Line line : lines) {
      checks
          .addObject()
          .put("check", line.subject())
          .put("verdict", line.diagnosis().verdict().key())
          .put("message", line.diagnosis().sentence());
    }
    return root.toString();
  }

  private static long count(List<Doctor.Line> lines, Verdict verdict) {
    return lines.stream().filter(line -> line.diagnosis().verdict() == verdict).count();
  }
}
