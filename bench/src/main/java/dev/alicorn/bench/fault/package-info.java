/// Benches that count what faults do, rather than time anything.
@NullMarked
package dev.alicorn.bench.fault;

import org.jspecify.annotations.NullMarked;
