/// Jobs that are killed, in processes of their own, or whose machine loses its power, and that are
/// started again; and what must hold of them.
@NullMarked
package dev.alicorn.engine.kill;

import org.jspecify.annotations.NullMarked;
