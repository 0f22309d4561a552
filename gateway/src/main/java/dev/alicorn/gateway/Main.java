package dev.alicorn.gateway;

import dev.alicorn.gateway.cli.Alicorn;

/// The program: `alicorn COMMAND …`.
public final class Main {
  private Main() {}

  static void main(String[] arguments) {
    System.exit(Alicorn.run(arguments));
  }
}
