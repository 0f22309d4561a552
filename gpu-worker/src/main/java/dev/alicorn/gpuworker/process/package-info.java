/// How child processes end, whatever becomes of their parent.
@NullMarked
package dev.alicorn.gpuworker.process;

import org.jspecify.annotations.NullMarked;
