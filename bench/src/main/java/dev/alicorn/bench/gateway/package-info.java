/// Measurements of the daemon as a process, by its HTTP interface.
@NullMarked
package dev.alicorn.bench.gateway;

import org.jspecify.annotations.NullMarked;
