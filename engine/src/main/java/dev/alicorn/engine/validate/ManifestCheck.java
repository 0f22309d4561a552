package dev.alicorn.engine.validate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.format.NumberType;
import dev.alicorn.engine.judge.Rung;
import dev.alicorn.protocol.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// The manifest against the folder: every file of it, and what it says of the rest.
final class ManifestCheck {
  static final String FILE = "manifest.json";
  private static final Set<String> MADE_LATER = Set.of(FILE, "report.html", "report.json");
  private static final List<String> LADDER = Stream.of(Rung.values()).map(Rung::key).toList();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode manifest;
  private boolean complete = true;

  private ManifestCheck(JsonNode manifest) {
    this.manifest = manifest;
  }

  /// Reads the manifest; empty where there is none, or none that can be read.
  static Optional<ManifestCheck> read(Path folder, Findings findings) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode manifest = JSON.readTree(file.toFile());
      if (manifest.path("files").isArray()) {
        return Optional.of(new ManifestCheck(manifest));
      }
      findings.add(
          Check.MALFORMED_MANIFEST, FILE, "there is no list of files; make the dataset again");
    } catch (JsonProcessingException e) {
      findings.add(
          Check.MALFORMED_MANIFEST,
          FILE,
          "the JSON breaks off at line "
              + e.getLocation().getLineNr()
              + "; make the dataset again by a replay");
    }
    return Optional.empty();
  }

  /// Compares the listed files with the folder's.
  void files(Path folder, List<String> present, Findings findings) throws IOException {
    Set<String> listed = new HashSet<>();
    for (JsonNode entry : manifest.get("files")) {
      String path = entry.path("path").asText();
      listed.add(path);
      file(folder, path, entry, findings);
    }
    for (String path : present) {
      if (!listed.contains(path) && !MADE_LATER.contains(path)) {
        findings.add(
            Check.EXTRA_FILE, path, "the manifest does not list this file; move it elsewhere");
      }
    }
  }

  private void file(Path folder, String path, JsonNode entry, Findings findings)
      throws IOException {
    Path file = folder.resolve(path).normalize();
    if (!file.startsWith(folder) || path.startsWith("/")) {
      findings.add(
          Check.MALFORMED_MANIFEST, FILE, "\"" + path + "\" leads out of the dataset; remove it");
      return;
    }
    if (!Files.isRegularFile(file)) {
      complete = false;
      findings.add(
          Check.MISSING_FILE,
          path,
          "the manifest lists this file and it is not there; copy it again");
      return;
    }
    long length = Files.size(file);
    long expected = entry.path("length").asLong(-1);
    if (length != expected) {
      findings.add(
          Check.WRONG_LENGTH,
          path,
          "the file has " + length + " bytes, not the manifest's " + expected + "; copy it again");
    } else if (!digest(file).equals(entry.path("sha256").asText())) {
      findings.add(
          Check.WRONG_DIGEST,
          path,
          "the file's SHA-256 is not the manifest's: it was changed or damaged; copy it again");
    }
  }

  private static String digest(Path file) throws IOException {
    MessageDigest digest = ContentHash.sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /// Whether every listed file is there.
  boolean complete() {
    return complete;
  }

  /// The rows that a set is said to have.
  OptionalLong rows(String set) {
    JsonNode rows = manifest.path("rows").path(set);
    return rows.isIntegralNumber() ? OptionalLong.of(rows.longValue()) : OptionalLong.empty();
  }

  /// Compares what the manifest counts twice.
  void counts(Findings findings) {
    equal("outcomes.captions.exported", "rows.pretrain", findings);
    equal("outcomes.samples.exported", "rows.instruct", findings);
    JsonNode ladder = manifest.path("ladder");
    JsonNode samples = manifest.path("rows").path("instruct");
    long found = LADDER.stream().mapToLong(rung -> ladder.path(rung).asLong()).sum();
    if (ladder.isObject() && samples.isIntegralNumber() && found != samples.longValue()) {
      wrong("the rungs of ladder add up to " + found, "rows.instruct", samples, findings);
    }
    equal("encoder.dimension", "vectors.dimension", findings);
  }

  private void equal(String one, String other, Findings findings) {
    JsonNode left = at(one);
    JsonNode right = at(other);
    if (left.isIntegralNumber()
        && right.isIntegralNumber()
        && left.longValue() != right.longValue()) {
      wrong(one + " is " + left, other, right, findings);
    }
  }

  private static void wrong(String what, String other, JsonNode value, Findings findings) {
    findings.add(
        Check.WRONG_COUNTS,
        FILE,
        what + " and " + other + " " + value + "; make the dataset again by a replay");
  }

  private JsonNode at(String path) {
    return manifest.at("/" + path.replace('.', '/'));
  }

  OptionalInt dimension() {
    JsonNode dimension = manifest.path("vectors").path("dimension");
    return dimension.isInt() ? OptionalInt.of(dimension.intValue()) : OptionalInt.empty();
  }

  /// What the vectors' numbers are said to be.
  Optional<NumberType> precision() {
    String precision = manifest.path("vectors").path("precision").asText();
    return Stream.of(NumberType.values()).filter(type -> type.key().equals(precision)).findFirst();
  }

  /// Whether every vector is said to have unit length; empty where nothing is said.
  Optional<Boolean> normalised() {
    JsonNode normalised = manifest.path("transfer").path("normalised");
    return normalised.isBoolean() ? Optional.of(normalised.booleanValue()) : Optional.empty();
  }

  void warn(Findings findings) {
    JsonNode encoder = manifest.path("encoder");
    if (encoder.isNull()) {
      findings.warn("the dataset was made without an encoder: it has text only");
    } else if (encoder.path("image_tower").isBoolean()
        && !encoder.path("image_tower").booleanValue()) {
      findings.warn(
          "the encoder "
              + encoder.path("name").asText()
              + " has no image tower: fine for a trial, useless for training a model that is to see"
              + " images");
    }
  }
}
