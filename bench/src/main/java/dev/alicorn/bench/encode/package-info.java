/// Benches of text encoders.
@NullMarked
package dev.alicorn.bench.encode;

import org.jspecify.annotations.NullMarked;
