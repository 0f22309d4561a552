/// Single records as people look at them while a job runs: what was asked and what came of it.
@NullMarked
package dev.alicorn.engine.records;

import org.jspecify.annotations.NullMarked;
