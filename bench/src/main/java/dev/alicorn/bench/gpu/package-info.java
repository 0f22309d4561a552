/// The check of encoders on a machine with an NVIDIA device.
@NullMarked
package dev.alicorn.bench.gpu;

import org.jspecify.annotations.NullMarked;
