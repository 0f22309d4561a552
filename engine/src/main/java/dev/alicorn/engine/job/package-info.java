/// A job's life: what it owes, its phases, and the one place where its steps run.
@NullMarked
package dev.alicorn.engine.job;

import org.jspecify.annotations.NullMarked;
