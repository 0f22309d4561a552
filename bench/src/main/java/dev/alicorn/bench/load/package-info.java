/// End-to-end measurements: whole processes and whole jobs, one class a topology.
@NullMarked
package dev.alicorn.bench.load;

import org.jspecify.annotations.NullMarked;
