package dev.alicorn.config;

/// A fault in what a user wrote: one sentence that says what, where (file:line or key) and the
/// mend.
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  public ConfigException(String where, String what) {
    super(where + ": " + what);
  }
}
