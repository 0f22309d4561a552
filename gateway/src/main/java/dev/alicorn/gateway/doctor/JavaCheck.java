package dev.alicorn.gateway.doctor;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Whether this is a system that Alicorn is tested on, and java was given the options that its
/// libraries need.
///
/// @param java version and vendor
/// @param system operating system and architecture, as the JVM calls them
/// @param options for sizes and behaviour of the JVM that its user chose
/// @param missing options that are needed and were not given
record JavaCheck(String java, String system, List<String> options, List<String> missing)
    implements Check {
  private static final String TESTED = "Linux amd64";

  /// Packages of `java.base` that libraries look into.
  private static final Map<String, List<String>> LOOKED_INTO =
      Map.of(
          "--add-opens", List.of("java.lang", "java.lang.reflect"),
          "--add-exports", List.of("jdk.internal.ref", "sun.nio.ch"));

  static JavaCheck here() {
    return new JavaCheck(
        Runtime.version() + " by " + System.getProperty("java.vendor"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> option.startsWith("-X"))
            .toList(),
        missingHere());
  }

  private static List<String> missingHere() {
    Module java = Object.class.getModule();
    Module alicorn = JavaCheck.class.getModule();
    List<String> missing = new ArrayList<>();
    if (!alicorn.isNativeAccessEnabled()) {
      missing.add("--enable-native-access=ALL-UNNAMED");
    }
    LOOKED_INTO.forEach((option, packages) -> {
      for (String name : packages) {
        boolean given =
            option.equals("--add-opens")
                ? java.isOpen(name, alicorn)
                : java.isExported(name, alicorn);
        if (!given) {
          missing.add(option + "=java.base/" + name + "=ALL-UNNAMED");
        }
      }
    });
    missing.sort(null);
    return missing;
  }

  @Override
  public String subject() {
    return "java";
  }

  @Override
  public Diagnosis look() {
    String sentence =
        java + ", " + system + (options.isEmpty() ? "" : ", " + String.join(" ", options));
    if (!missing.isEmpty()) {
      return Diagnosis.fail(
          sentence
              + ", without "
              + String.join(" ", missing)
              + "; start it by ./alicorn, or give java the options of .mvn/runtime.jvmargs");
    }
    return system.equals(TESTED)
        ? Diagnosis.ok(sentence)
        : Diagnosis.warn(sentence + "; Alicorn is tested on Linux on x86-64 alone");
  }
}
