/// The benches by name, and the main that runs one.
@NullMarked
package dev.alicorn.bench;

import org.jspecify.annotations.NullMarked;
