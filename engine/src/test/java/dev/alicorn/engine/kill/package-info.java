/// Jobs in processes of their own that are killed and started again, and what must hold of them.
@NullMarked
package dev.alicorn.engine.kill;

import org.jspecify.annotations.NullMarked;
