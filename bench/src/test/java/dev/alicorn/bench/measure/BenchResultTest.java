package dev.alicorn.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchResultTest {
  private static final BenchResult RESULT =
      new BenchResult(
          "calls",
          List.of(
              Row.of("engine", "requests_per_s", 51234.56).and("cpu_us", 88.124),
              Row.of("bare_client", "requests_per_s", 60000),
              Row.of("engine_to_bare", "ratio", 0.00012344)),
          List.of("Two cores."));

  @Test
  void laysOutATableWithBlanksWhereARowHasNoFigure() {
    assertThat(RESULT.table())
        .isEqualTo(
            """
            | calls          | requests_per_s | cpu_us |     ratio |
            |----------------|---------------:|-------:|----------:|
            | engine         |          51230 |  88.12 |           |
            | bare_client    |          60000 |        |           |
            | engine_to_bare |                |        | 0.0001234 |
            """);
  }

  @Test
  void putsRowAndColumnTogetherInJson() {
    assertThat(RESULT.json())
        .isEqualTo(
            "{\"bench\":\"calls\",\"engine_requests_per_s\":51230,\"engine_cpu_us\":88.12,"
                + "\"bare_client_requests_per_s\":60000,\"engine_to_bare_ratio\":0.0001234}");
  }

  @Test
  void keepsMachineCommitAndCommandWithTheTable() {
    Machine machine = new Machine("Some CPU", 2, 8L << 30, "Linux 6", "25");
    assertThat(RESULT.page(machine, "abc", "bench/run calls --save"))
        .startsWith(
            """
            # calls

            - machine: Some CPU, 2 cores, 8 GiB memory, Linux 6, JDK 25
            - commit: abc
            - command: `bench/run calls --save`

            | calls\
            """)
        .endsWith("\n\n- Two cores.\n");
  }

  @Test
  void spreadsSamplesWhateverTheirOrder() {
    assertThat(Row.spread("start", "ms", 3, 1, 2).figures())
        .containsExactly(entry("min_ms", 1.0), entry("median_ms", 2.0), entry("max_ms", 3.0));
    assertThat(Row.spread("start", "ms", 4, 1, 3, 2).figures()).containsEntry("median_ms", 2.5);
    assertThatThrownBy(() -> Row.spread("start", "ms")).hasMessageContaining("no samples");
  }
}
