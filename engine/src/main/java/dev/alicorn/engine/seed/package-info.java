/// Seed sources, read a row at a time.
@NullMarked
package dev.alicorn.engine.seed;

import org.jspecify.annotations.NullMarked;
