package dev.alicorn.gpuworker.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A program that answers to Maven's `dependency:copy`: `FakeMaven FILE MEMBER … -Dartifact=G:A:V
/// -DoutputDirectory=DIR` leaves a jar with the file as that member; it knows no artifact called
/// `missing`.
final class FakeMaven {
  private FakeMaven() {}

  public static void main(String[] args) throws IOException {
    String artifact = option(args, "-Dartifact=");
    if (artifact.contains(":missing:")) {
      System.out.println("[INFO] Scanning for projects...");
      System.out.println("[ERROR] Could not find artifact " + artifact);
      System.out.println("[ERROR] For more information, read on");
      System.exit(1);
    }
    Path folder = Path.of(option(args, "-DoutputDirectory="));
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("an-artifact-1.jar")))) {
      zip.putNextEntry(new ZipEntry(args[1]));
      Files.copy(Path.of(args[0]), zip);
    }
  }

  private static String option(String[] args, String name) {
    return List.of(args).stream()
        .filter(arg -> arg.startsWith(name))
        .map(arg -> arg.substring(name.length()))
        .findFirst()
        .orElseThrow();
  }
}
