/// Batches of tokenised captions, bounded by tokens.
@NullMarked
package dev.alicorn.gpuworker.batch;

import org.jspecify.annotations.NullMarked;
