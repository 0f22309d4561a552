package dev.alicorn.gateway.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// The examination of a machine and a deployment: checks that wait are made at the same time, those
/// that measure one after the other, and all are told in the order of their list.
public final class Doctor {
  private final List<Check> checks;

  /// What came of one check.
  ///
  /// @param subject what was looked at
  public record Line(String subject, Diagnosis diagnosis) {}

  /// A check at work.
  private record Visit(Check check, FutureTask<Diagnosis> task, Thread thread, long startNanos) {

    static Visit start(Check check) {
      FutureTask<Diagnosis> task = new FutureTask<>(check::look);
      Thread thread = Thread.ofPlatform().daemon().name("check " + check.subject()).unstarted(task);
      thread.start();
      return new Visit(check, task, thread, System.nanoTime());
    }

    Line end() throws InterruptedException {
      Duration deadline = check.deadline();
      long leftNanos = deadline.toNanos() - (System.nanoTime() - startNanos);
      try {
        return line(task.get(Math.max(leftNanos, 0), TimeUnit.NANOSECONDS));
      } catch (TimeoutException _) {
        thread.interrupt();
        return line(
            new Diagnosis(
                check.whenLate(),
                "no answer within %s s; see what holds it up, a network or a driver for example"
                    .formatted(deadline.toSeconds())));
      } catch (ExecutionException e) {
        throw new IllegalStateException("the check of " + check.subject(), e.getCause());
      }
    }

    /// Sentences that can stand alone begin with the subject, which is said already.
    private Line line(Diagnosis diagnosis) {
      String sentence = diagnosis.sentence();
      String subject = check.subject();
      return sentence.startsWith(subject + ": ") || sentence.startsWith(subject + " ")
          ? new Line(
              subject,
              new Diagnosis(
                  diagnosis.verdict(),
                  sentence.substring(subject.length()).replaceFirst("^:? ", "")))
          : new Line(subject, diagnosis);
    }
  }

  Doctor(List<Check> checks) {
    this.checks = List.copyOf(checks);
  }

  /// What will be looked at, in the order in which it is told.
  public List<String> subjects() {
    return checks.stream().map(Check::subject).toList();
  }

  /// Makes all checks.
  ///
  /// @param listener told of each as soon as those before it are done
  public List<Line> examine(Consumer<Line> listener) throws InterruptedException {
    Map<Check, Visit> waiting = new HashMap<>();
    for (Check check : checks) {
      if (check.waits()) {
        waiting.put(check, Visit.start(check));
      }
    }
    List<Line> lines = new ArrayList<>();
    for (Check check : checks) {
      Visit begun = waiting.get(check);
      Line line = (begun == null ? Visit.start(check) : begun).end();
      lines.add(line);
      listener.accept(line);
    }
    return lines;
  }
}
