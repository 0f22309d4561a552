package dev.alicorn.config;

/// A fault in what a user wrote: one sentence that says what, where (file:line or key) and the
/// mend.
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String where;

  public ConfigException(String where, String what) {
    super(where + ": " + what);
    this.where = where;
  }

  /// The file and line or the key, as the sentence begins with it.
  public String where() {
    return where;
  }
}
