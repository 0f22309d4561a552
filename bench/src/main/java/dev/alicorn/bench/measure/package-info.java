/// What a bench is and what it gives: figures, shown as a table, as JSON and as a page of results.
@NullMarked
package dev.alicorn.bench.measure;

import org.jspecify.annotations.NullMarked;
