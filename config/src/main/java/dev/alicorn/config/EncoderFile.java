package dev.alicorn.config;

import com.typesafe.config.ConfigObject;
import dev.alicorn.config.EncoderSettings.Pooling;
import java.nio.file.Path;
import java.util.List;

/// The reader of an encoder's `encoder.conf`; its defaults are `encoder-reference.conf`.
public final class EncoderFile {
  static final List<String> KEYS =
      List.of(
          "name",
          "dimension",
          "tokens_max",
          "padded",
          "pooling",
          "normalise",
          "prompt",
          "output",
          "image_tower");
  static final List<String> PROMPT = List.of("before", "after");
  static final ConfigObject REFERENCE = ConfSource.resource("encoder-reference.conf");

  private static final int DIMENSION_MAX = 1 << 16;
  private static final int TOKENS_MIN = 3;
  private static final int TOKENS_MAX = 1 << 17;

  private EncoderFile() {}

  public static EncoderSettings load(Path file) throws ConfigException {
    return read(ConfSource.file(file));
  }

  /// The settings of HOCON text.
  ///
  /// @param name what errors call the text
  public static EncoderSettings parse(String text, String name) throws ConfigException {
    return read(ConfSource.trusted(text, name));
  }

  private static EncoderSettings read(ConfigObject given) throws ConfigException {
    ConfReader encoder = ConfReader.of(given, REFERENCE, KEYS);
    ConfReader prompt = encoder.object("prompt", PROMPT);
    return new EncoderSettings(
        encoder.name("name"),
        encoder.count("dimension", 1, DIMENSION_MAX),
        encoder.count("tokens_max", TOKENS_MIN, TOKENS_MAX),
        encoder.flag("padded"),
        encoder.choice("pooling", Pooling.values(), Pooling::key),
        encoder.flag("normalise"),
        prompt.text("before"),
        prompt.text("after"),
        encoder.optionalName("output").orElse(""),
        encoder.flag("image_tower"));
  }
}
