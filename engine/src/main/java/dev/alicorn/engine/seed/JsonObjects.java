package dev.alicorn.engine.seed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// JSON objects as rows, read token by token: of an object no value is in memory but those that are
/// wanted, each of at most 16 Mi characters.
record JsonObjects(RowFields fields) {
  static final JsonFactory JSON =
      JsonFactory.builder()
          .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(16 << 20).build())
          .build();

  private static final Pattern STARTED_AT =
      Pattern.compile(" \\((?:for|start marker)\\b.*", Pattern.DOTALL);

  /// How many keys of an object are looked at to find out what it is.
  private static final int NAMES_MAX = 128;

  /// The row of an object that a line has; what follows it there is not looked at.
  FileRow row(String key, String line) throws IOException {
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(parser, "it starts otherwise");
      }
      return row(key, parser);
    } catch (JsonProcessingException e) {
      return new FileRow.Broken(key, "the line is no JSON object: " + why(e));
    }
  }

  /// The row of an object, of which the parser is at the start and then at the end.
  FileRow row(String key, JsonParser parser) throws IOException {
    return row(key, parser, _ -> {});
  }

  /// @param names takes the object's keys
  FileRow row(String key, JsonParser parser, Consumer<String> names) throws IOException {
    String text = null;
    String group = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      names.accept(name);
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_STRING && name.equals(fields.caption())) {
        text = parser.getText();
      }
      if (value.isScalarValue()
          && value != JsonToken.VALUE_NULL
          && fields.group().filter(name::equals).isPresent()) {
        group = parser.getText();
      }
      parser.skipChildren();
    }
    return fields.row(key, Optional.ofNullable(text), Optional.ofNullable(group));
  }

  /// What is wrong with some JSON, without the parser's own words on where it began.
  static String why(JsonProcessingException e) {
    return STARTED_AT.matcher(e.getOriginalMessage()).replaceFirst("");
  }

  /// The first keys of an object, as far as it can be read.
  static Set<String> names(String line) throws IOException {
    Names names = new Names();
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        new JsonObjects(new RowFields("", Optional.empty())).row("", parser, names);
      }
    } catch (JsonProcessingException _) {
      return names.seen();
    }
    return names.seen();
  }

  /// The first keys of an object.
  record Names(Set<String> seen) implements Consumer<String> {
    Names() {
      this(new LinkedHashSet<>());
    }

    @Override
    public void accept(String name) {
      if (seen.size() < NAMES_MAX) {
        seen.add(name);
      }
    }
  }
}
