/// From a journal to a dataset folder: the only way there is, for a live job's end and for a replay
/// alike.
@NullMarked
package dev.alicorn.engine.replay;

import org.jspecify.annotations.NullMarked;
