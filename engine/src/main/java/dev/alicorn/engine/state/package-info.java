/// What a job's facts come to, folded as far as they were read, and the snapshot of it by which a
/// start need not read them all again.
@NullMarked
package dev.alicorn.engine.state;

import org.jspecify.annotations.NullMarked;
