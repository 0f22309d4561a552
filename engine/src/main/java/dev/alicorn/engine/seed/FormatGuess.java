package dev.alicorn.engine.seed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.alicorn.engine.parquet.ParquetFooter;
import dev.alicorn.protocol.SeedSource.Format;
import java.io.IOException;

/// The format of a file, by its name and its first 64 KiB.
final class FormatGuess {
  private FormatGuess() {}

  /// @param name in lower case, without the ending of a compression
  /// @param head what the file begins with
  /// @param fieldNamed whether the job says where rows have their caption
  static Format of(String name, String head, boolean fieldNamed) throws IOException {
    if (name.endsWith(".parquet") || head.startsWith(ParquetFooter.MAGIC)) {
      return Format.PARQUET;
    }
    if (!fieldNamed && FlickrShape.of(head).isPresent()) {
      return Format.FLICKR;
    }
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "csv" -> Format.CSV;
      case "tsv" -> Format.TSV;
      case "jsonl", "ndjson" -> Format.JSONL;
      case "json" -> isObjectsOfLines(head) ? Format.JSONL : Format.JSON;
      default -> {
        if (!fieldNamed) {
          yield Format.TEXT;
        }
        String start = head.stripLeading();
        boolean array = start.startsWith("[") || firstLine(start).strip().equals("{");
        yield array ? Format.JSON : Format.JSONL;
      }
    };
  }

  /// Whether the first line is a whole object and another line follows it.
  private static boolean isObjectsOfLines(String head) throws IOException {
    String start = head.stripLeading();
    String line = firstLine(start);
    if (!start.startsWith("{") || start.substring(line.length()).isBlank()) {
      return false;
    }
    try (JsonParser parser = JsonObjects.JSON.createParser(line)) {
      parser.nextToken();
      parser.skipChildren();
      return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
