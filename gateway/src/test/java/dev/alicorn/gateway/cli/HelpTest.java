package dev.alicorn.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;

/// That every command tells its options.
class HelpTest {
  @ParameterizedTest
  @MethodSource("commands")
  void helpBehindACommandShowsItsOptions(String command) {
    assertThat(Alicorn.run(command, "--help")).isZero();
  }

  static Stream<String> commands() {
    return Arrays.stream(Alicorn.class.getAnnotation(Command.class).subcommands())
        .map(type -> type.getAnnotation(Command.class).name());
  }
}
