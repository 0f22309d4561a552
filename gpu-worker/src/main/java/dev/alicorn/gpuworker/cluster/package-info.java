/// Encoders in processes of their own, on this machine and on others: the pool in the engine, its
/// workers, and how they find each other.
///
/// Engine and workers are nodes of a Pekko cluster that is there for them alone. Batches are pulled
/// by the workers that have room; each gets one answer, whatever becomes of who worked at it.
@NullMarked
package dev.alicorn.gpuworker.cluster;

import org.jspecify.annotations.NullMarked;
