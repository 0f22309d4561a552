/// Text encoders: the seam that each backend implements, and the worker that drives one.
@NullMarked
package dev.alicorn.gpuworker;

import org.jspecify.annotations.NullMarked;
