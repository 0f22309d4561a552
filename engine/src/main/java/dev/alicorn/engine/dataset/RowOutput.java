package dev.alicorn.engine.dataset;

import java.io.Closeable;
import java.io.IOException;

/// Where rows go: a file in the making, or several. Closing completes it.
interface RowOutput extends Closeable {
  void add(DatasetRow row) throws IOException;
}
