/// Filters of quality: pure functions from an answer that can be read to the fault that it has.
@NullMarked
package dev.alicorn.engine.filter;

import org.jspecify.annotations.NullMarked;
