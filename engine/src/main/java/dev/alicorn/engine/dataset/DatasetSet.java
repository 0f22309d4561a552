package dev.alicorn.engine.dataset;

/// One of the two sets that a dataset has: its name in file names and on the hub.
public enum DatasetSet {
  PRETRAIN("pretrain"),
  INSTRUCT("instruct");

  private final String key;

  DatasetSet(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }
}
