package dev.alicorn.engine.seed;

import java.util.Optional;

/// Where rows have what is read of them: a key or a column each.
record RowFields(String caption, Optional<String> group) {

  /// What a row comes to.
  ///
  /// @param text what it has for the caption
  /// @param about what it has for the group
  FileRow row(String key, Optional<String> text, Optional<String> about) {
    return text.isEmpty()
        ? new FileRow.Broken(key, "the row has no text at \"" + caption + "\"")
        : new FileRow.Caption(key, text.get(), about);
  }
}
