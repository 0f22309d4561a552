package dev.alicorn.engine.seed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The elements of a JSON array, which is the file or stands at a key of the file's object: the
/// first there whose first element has the caption. What stands before it is read over, what is
/// behind it is not read.
///
/// Elements are objects, or texts where nobody says at which key a caption is. Objects with
/// `image_id` and `caption` are COCO's and say it themselves.
final class JsonRows implements FileRows {
  static final String CAPTION = "caption";
  private static final String COCO_ARRAY = "annotations";
  private static final Set<String> COCO_KEYS = Set.of("image_id", CAPTION);

  /// How many arrays an error names.
  private static final int ARRAYS_MAX = 16;

  private final SeedPlace place;
  private final JsonParser parser;
  private final boolean coco;
  private final Optional<String> field;
  private final JsonObjects objects;
  private final JsonObjects.Names firstKeys = new JsonObjects.Names();
  private boolean texts;
  private long rows;
  private @Nullable FileRow ahead;

  private JsonRows(
      SeedPlace place,
      JsonParser parser,
      boolean coco,
      Optional<String> field,
      Optional<String> group) {
    this.place = place;
    this.parser = parser;
    this.coco = coco;
    this.field = coco ? Optional.of(field.orElse(CAPTION)) : field;
    this.objects = new JsonObjects(new RowFields(field.orElse(CAPTION), group));
  }

  /// @param coco whether the file has COCO's shape, whose array is at `annotations`
  static JsonRows open(
      SeedPlace place, InputStream in, boolean coco, Optional<String> field, Optional<String> group)
      throws IOException {
    JsonRows rows = new JsonRows(place, JsonObjects.JSON.createParser(in), coco, field, group);
    try {
      rows.find();
    } catch (JsonProcessingException e) {
      throw rows.broken(e);
    }
    return rows;
  }

  private void find() throws IOException {
    switch (parser.nextToken()) {
      case START_ARRAY -> {
        if (parser.nextToken() != JsonToken.END_ARRAY && !isWanted(true)) {
          throw place.fault("field", "does not say what is a caption; write " + named());
        }
      }
      case START_OBJECT -> findInObject();
      case null, default ->
          throw place.fault("has neither a JSON array nor a JSON object; name its format");
    }
  }

  private void findInObject() throws IOException {
    List<String> arrays = new ArrayList<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() != JsonToken.START_ARRAY || (coco && !name.equals(COCO_ARRAY))) {
        parser.skipChildren();
      } else if (parser.nextToken() != JsonToken.END_ARRAY) {
        if (isWanted(false)) {
          return;
        }
        if (arrays.size() < ARRAYS_MAX) {
          arrays.add(name + " with " + firstKeys.seen());
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          parser.skipChildren();
        }
      }
    }
    throw place.fault(
        "field",
        "has no array of objects with "
            + field.map(key -> '"' + key + '"').orElse("a caption that is known without it")
            + (arrays.isEmpty() ? "" : "; it has " + String.join(", ", arrays))
            + "; name a key of an array's objects");
  }

  /// Reads an array's first element, which is the next row if it is what is wanted.
  ///
  /// @param root whether it is the file's only array
  private boolean isWanted(boolean root) throws IOException {
    firstKeys.seen().clear();
    texts = field.isEmpty() && parser.currentToken() == JsonToken.VALUE_STRING;
    rows = 1;
    ahead =
        parser.currentToken() == JsonToken.START_OBJECT
            ? objects.row("1", parser, firstKeys)
            : element("1");
    return texts
        || (field.isPresent()
            ? root || firstKeys.seen().contains(field.get())
            : firstKeys.seen().containsAll(COCO_KEYS));
  }

  private String named() {
    return firstKeys.seen().isEmpty()
        ? "objects, and in field the caption's key"
        : "the caption's key, one of " + firstKeys.seen();
  }

  @Override
  public @Nullable FileRow next() throws IOException {
    FileRow first = ahead;
    if (first != null) {
      ahead = null;
      return first;
    }
    try {
      if (rows == 0 || parser.nextToken() == JsonToken.END_ARRAY) {
        rows = 0;
        return null;
      }
      FileRow row = element(Long.toString(rows + 1));
      rows++;
      return row;
    } catch (JsonProcessingException e) {
      throw broken(e);
    }
  }

  private FileRow element(String key) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT && !texts) {
      return objects.row(key, parser);
    }
    if (token == JsonToken.VALUE_STRING && texts) {
      return new FileRow.Caption(key, parser.getText(), Optional.empty());
    }
    parser.skipChildren();
    return new FileRow.Broken(key, texts ? "the element is no text" : "the element is no object");
  }

  private SeedException broken(JsonProcessingException e) {
    return place.fault(
        "is broken in line %d, column %d, behind row %d (%s); write it again"
            .formatted(
                e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                e.getLocation() == null ? 0 : e.getLocation().getColumnNr(),
                rows,
                JsonObjects.why(e)));
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
