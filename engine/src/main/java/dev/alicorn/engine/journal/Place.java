package dev.alicorn.engine.journal;

import java.nio.file.Path;

/// A byte of a file.
record Place(Path file, long offset) {}
