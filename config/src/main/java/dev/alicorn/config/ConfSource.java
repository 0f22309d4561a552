package dev.alicorn.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where configuration text comes from: HOCON of a file, of a string or of our own resources,
/// parsed and its `${…}` resolved against itself and the environment.
///
/// Our resources lie beside the classes and none is called `reference.conf`: Pekko merges every
/// root `reference.conf` of the class path into its own configuration.
final class ConfSource {
  static final long FILE_BYTES_MAX = 8L << 20;

  private static final Pattern LINES = Pattern.compile(": \\d+(-\\d+)?$");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\??([^}]*)\\}");
  private static final Pattern SYNTAX =
      Pattern.compile(
          "Reserved character '.' is not allowed outside quotes"
              + "|string quote was still open"
              + "|triple-quoted string was still open"
              + "|JSON does not allow unescaped newline in quoted strings"
              + "|backslash followed by '.'");

  private ConfSource() {}

  static ConfigObject file(Path file) throws ConfigException {
    text(file);
    ConfigParseOptions options =
        ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setAllowMissing(false);
    return parsed(
        file.toString(), () -> ConfigFactory.parseFile(file.toFile(), options).resolve().root());
  }

  /// A file's text without the line end that closes it.
  static String text(Path file) throws ConfigException {
    try {
      if (Files.isDirectory(file)) {
        throw new ConfigException(file.toString(), "this is a folder; name a file in it");
      }
      if (!Files.isReadable(file)) {
        throw new ConfigException(
            file.toString(), "there is no such file that can be read; check its name");
      }
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new ConfigException(
            file.toString(),
            "a configuration has at most 8 MiB; put seeds into files of their own");
      }
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString().strip();
    } catch (CharacterCodingException e) {
      throw new ConfigException(file.toString(), "the file is not UTF-8; save it as UTF-8");
    } catch (IOException e) {
      throw new ConfigException(
          file.toString(), "the file cannot be read (" + e.getMessage() + "); check the disk");
    }
  }

  /// Text of someone we trust with our environment and files: HOCON can include both.
  static ConfigObject trusted(String text, String name) throws ConfigException {
    return text(text, name, ConfigSyntax.CONF);
  }

  /// JSON and nothing more, within the bounds of [JsonText].
  static ConfigObject json(String text, String name) throws ConfigException {
    JsonText.check(text, name);
    return text(text, name, ConfigSyntax.JSON);
  }

  private static ConfigObject text(String text, String name, ConfigSyntax syntax)
      throws ConfigException {
    ConfigParseOptions options =
        ConfigParseOptions.defaults().setSyntax(syntax).setOriginDescription(name);
    return parsed(name, () -> ConfigFactory.parseString(text, options).resolve().root());
  }

  /// One of our own files, whose faults are bugs.
  static ConfigObject resource(String name) {
    try {
      return trusted(Resources.text(name), name);
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  /// `file:line`, as far as it is known.
  static String where(ConfigOrigin origin) {
    String name = LINES.matcher(origin.description()).replaceFirst("");
    return origin.lineNumber() > 0 ? name + ":" + origin.lineNumber() : name;
  }

  private static ConfigObject parsed(String name, Supplier<ConfigObject> parse)
      throws ConfigException {
    try {
      return parse.get();
    } catch (com.typesafe.config.ConfigException e) {
      throw new ConfigException(e.origin() == null ? name : where(e.origin()), mend(e));
    }
  }

  /// Only known phrases of a foreign message are passed on: the rest may quote a key.
  private static String mend(com.typesafe.config.ConfigException e) {
    String message = String.valueOf(e.getMessage());
    Matcher variable = VARIABLE.matcher(message);
    if (e instanceof com.typesafe.config.ConfigException.UnresolvedSubstitution
        && variable.find()) {
      String name = variable.group(1);
      return "${%s} has no value; set it in the environment, or write ${?%s}".formatted(name, name);
    }
    if (e instanceof com.typesafe.config.ConfigException.IO) {
      return "this file is included and cannot be read; check its name";
    }
    Matcher reason = SYNTAX.matcher(message);
    String what = reason.find() ? " (" + reason.group() + ")" : "";
    return "this cannot be read" + what + "; look for a missing quote, comma or bracket up to here";
  }
}
