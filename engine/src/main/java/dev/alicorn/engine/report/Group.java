package dev.alicorn.engine.report;

import java.util.Locale;

/// A part of the report that has a verdict of its own.
public enum Group {
  CAPTIONS("Captions"),
  INSTRUCTIONS("Instructions"),
  EMBEDDINGS("Embeddings"),
  COMPOSITION("Composition");

  private final String title;

  Group(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /// Its name in `report.json`.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
