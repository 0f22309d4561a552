package dev.alicorn.gpuworker.folder;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.EncoderFile;
import dev.alicorn.config.EncoderSettings;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.tokenize.Tokenizer;
import dev.alicorn.gpuworker.tokenize.TokenizerSettings;
import dev.alicorn.gpuworker.tokenize.Tokenizers;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.EncoderDescription;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// A text encoder on the disk: its settings, its graph in ONNX, with weights in files beside it
/// where they are larger than 2 GB, and its tokenizer.
public record EncoderFolder(Path path, EncoderSettings settings) {
  private static final String CONF = "encoder.conf";
  private static final String MODEL = "model.onnx";
  private static final String TOKENIZER = "tokenizer.json";
  private static final int BUFFER_BYTES = 1 << 18;

  /// Reads a folder's settings and sees that its files are there.
  ///
  /// @throws EncoderException where something is missing or the settings are wrong
  public static EncoderFolder read(Path path) throws EncoderException {
    for (String file : List.of(CONF, MODEL, TOKENIZER)) {
      if (!Files.isReadable(path.resolve(file))) {
        throw new EncoderException(
            "encoder %s: there is no %s that can be read; an encoder's folder holds %s, %s and %s"
                .formatted(path, file, CONF, MODEL, TOKENIZER));
      }
    }
    return new EncoderFolder(path, settings(path));
  }

  /// A folder's settings alone.
  ///
  /// @throws EncoderException where they are missing or wrong
  public static EncoderSettings settings(Path path) throws EncoderException {
    try {
      return EncoderFile.load(path.resolve(CONF));
    } catch (ConfigException e) {
      throw new EncoderException(String.valueOf(e.getMessage()), e);
    }
  }

  /// The graph.
  public Path model() {
    return path.resolve(MODEL);
  }

  /// Opens the folder's tokenizer.
  ///
  /// @throws EncoderException where `tokenizer.json` describes none that runs here
  public Tokenizer tokenizer() throws EncoderException {
    try {
      return Tokenizers.open(
          path.resolve(TOKENIZER),
          new TokenizerSettings(
              settings.tokensMax(), settings.padded(), settings.before(), settings.after()));
    } catch (IOException e) {
      throw new EncoderException(
          "encoder %s: %s: %s; take the file that belongs to the model"
              .formatted(path, TOKENIZER, e.getMessage()),
          e);
    }
  }

  /// What is to be said of the encoder.
  ///
  /// @param backend who computes, and in what precision
  /// @throws EncoderException where a file cannot be read
  public EncoderDescription description(String backend) throws EncoderException {
    return new EncoderDescription(
        settings.name(),
        hash(backend),
        settings.dimension(),
        settings.tokensMax(),
        settings.unitLength(),
        settings.imageTower());
  }

  /// The hash of what decides an encoder's vectors: the contents of its files, its settings and who
  /// computes.
  ///
  /// @param backend who computes, and in what precision
  /// @throws EncoderException where a file cannot be read
  ContentHash hash(String backend) throws EncoderException {
    try {
      return ContentHash.of(
          "weights %s, tokenizer %s, %s, %s"
              .formatted(
                  weightsHash(),
                  sha256(List.of(path.resolve(TOKENIZER))),
                  backend,
                  settingsText()));
    } catch (IOException e) {
      throw new EncoderException(
          "encoder %s: a file cannot be read (%s); check the disk".formatted(path, e.getMessage()),
          e);
    }
  }

  /// The SHA-256 of the graph and its weights, in hexadecimal.
  public String weightsHash() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return sha256(
          files.filter(file -> file.getFileName().toString().startsWith(MODEL)).sorted().toList());
    }
  }

  private String settingsText() {
    StringBuilder text = new StringBuilder();
    text.append(settings.pooling().key())
        .append(" pooling, ")
        .append(settings.unitLength() ? "unit length" : "length as it is")
        .append(", tokens_max ")
        .append(settings.tokensMax());
    if (settings.padded()) {
      text.append(", padded");
    }
    if (!settings.output().isEmpty()) {
      text.append(", output ").append(settings.output());
    }
    if (!settings.before().isEmpty() || !settings.after().isEmpty()) {
      text.append(", prompt ")
          .append(ContentHash.of(settings.before() + '\u0000' + settings.after()).hex());
    }
    return text.toString();
  }

  private static String sha256(List<Path> files) throws IOException {
    MessageDigest digest = ContentHash.sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          digest.update(buffer, 0, read);
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
