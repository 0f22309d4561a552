/// Benches that count what faults of the machine cost: kills of the process.
@NullMarked
package dev.alicorn.bench.fault;

import org.jspecify.annotations.NullMarked;
