package dev.alicorn.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DoctorTest {
  /// A check that does what a test wants.
  private record Scripted(
      String subject,
      boolean waits,
      Duration deadline,
      Verdict whenLate,
      Callable<Diagnosis> action)
      implements Check {

    static Scripted of(String subject, boolean waits, Callable<Diagnosis> action) {
      return new Scripted(subject, waits, Duration.ofMinutes(5), Verdict.FAIL, action);
    }

    @Override
    public Diagnosis look() throws InterruptedException {
      try {
        return action.call();
      } catch (InterruptedException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void whatWaitsIsMadeAtTheSameTimeAndToldInOrder() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    CountDownLatch measured = new CountDownLatch(1);
    Callable<Diagnosis> meeting =
        () -> {
          both.countDown();
          both.await();
          measured.await();
          return Diagnosis.ok("met");
        };
    Callable<Diagnosis> measuring =
        () -> {
          both.await();
          measured.countDown();
          return Diagnosis.ok("measured");
        };
    List<Doctor.Line> told = new ArrayList<>();

    List<Doctor.Line> lines =
        new Doctor(
                List.of(
                    Scripted.of("disk", false, measuring),
                    Scripted.of("a", true, meeting),
                    Scripted.of("b", true, meeting)))
            .examine(told::add);

    assertThat(lines)
        .isEqualTo(told)
        .containsExactly(
            new Doctor.Line("disk", Diagnosis.ok("measured")),
            new Doctor.Line("a", Diagnosis.ok("met")),
            new Doctor.Line("b", Diagnosis.ok("met")));
  }

  @Test
  void whatMeasuresIsMadeAlone() throws Exception {
    List<String> log = Collections.synchronizedList(new ArrayList<>());
    List<String> expected = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String name = "check " + i;
      expected.addAll(List.of(name + " begins", name + " ends"));
      checks.add(
          Scripted.of(
              name,
              false,
              () -> {
                log.add(name + " begins");
                log.add(name + " ends");
                return Diagnosis.ok("done");
              }));
    }

    new Doctor(checks).examine(_ -> {});

    assertThat(log).isEqualTo(expected);
  }

  @Test
  void whatDoesNotEndIsInterruptedAndToldAndTheOthersAreMade() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Callable<Diagnosis> hanging =
        () -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException _) {
            interrupted.countDown();
          }
          return Diagnosis.ok("too late");
        };
    Duration deadline = Duration.ofMillis(20);

    List<Doctor.Line> lines =
        new Doctor(
                List.of(
                    new Scripted("gpu", true, deadline, Verdict.WARN, hanging),
                    new Scripted("disk", false, deadline, Verdict.FAIL, hanging),
                    Scripted.of("java", false, () -> Diagnosis.ok("fine"))))
            .examine(_ -> {});

    interrupted.await();
    assertThat(lines)
        .extracting(line -> line.diagnosis().verdict())
        .containsExactly(Verdict.WARN, Verdict.FAIL, Verdict.OK);
    assertThat(lines.getFirst().diagnosis().sentence()).startsWith("no answer within 0 s; ");
  }

  @Test
  void theSubjectIsNotSaidTwice() throws Exception {
    assertThat(
            new Doctor(
                    List.of(
                        Scripted.of(
                            "endpoint a", true, () -> Diagnosis.fail("endpoint a at x: down")),
                        Scripted.of("model m", true, () -> Diagnosis.fail("model m: unread")),
                        Scripted.of("gpu", true, () -> Diagnosis.ok("gpus: 2"))))
                .examine(_ -> {}))
        .containsExactly(
            new Doctor.Line("endpoint a", Diagnosis.fail("at x: down")),
            new Doctor.Line("model m", Diagnosis.fail("unread")),
            new Doctor.Line("gpu", Diagnosis.ok("gpus: 2")));
  }

  @Test
  void aFaultOfOursIsNoDiagnosis() {
    Check faulty =
        Scripted.of(
            "disk",
            false,
            () -> {
              throw new IllegalArgumentException("a bug");
            });

    assertThatThrownBy(() -> new Doctor(List.of(faulty)).examine(_ -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("disk")
        .hasRootCauseMessage("a bug");
  }
}
