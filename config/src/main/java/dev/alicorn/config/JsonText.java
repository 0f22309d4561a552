package dev.alicorn.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// JSON text in the one form that we write, and the bounds on what we read: depth 64, strings of 1
/// MiB, no key twice.
final class JsonText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxStringLength(1 << 20)
                  .maxNumberLength(64)
                  .maxDocumentLength(8L << 20)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private JsonText() {}

  /// Writes one value.
  @FunctionalInterface
  interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  /// Compact ASCII JSON: a lone surrogate in a prompt survives as its escape.
  static String compact(Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      body.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /// The same JSON without its white space.
  static String compact(String text) {
    return compact(json -> {
      try (JsonParser parser = FACTORY.createParser(text)) {
        while (parser.nextToken() != null) {
          json.copyCurrentEvent(parser);
        }
      }
    });
  }

  /// Refuses text that is not one JSON object within the bounds.
  static void check(String text, String name) throws ConfigException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ConfigException(name, "this is not a JSON object; write { \"key\": value, … }");
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw new ConfigException(name, "something follows the JSON object; send one object");
      }
    } catch (StreamConstraintsException e) {
      throw new ConfigException(
          name,
          "this is beyond what we read; stay within 64 levels, strings of 1 MiB and 8 MiB in all");
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
      throw new ConfigException(
          name + line, "this is not JSON that we read: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
