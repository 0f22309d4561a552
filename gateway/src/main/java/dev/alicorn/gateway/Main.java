package dev.alicorn.gateway;

import dev.alicorn.gateway.cli.Alicorn;
import dev.alicorn.gateway.cli.OnInterrupt;

/// The program: `alicorn COMMAND …`.
public final class Main {
  private Main() {}

  static void main(String[] arguments) {
    int exitCode = Alicorn.run(arguments);
    OnInterrupt.told();
    System.exit(exitCode);
  }
}
