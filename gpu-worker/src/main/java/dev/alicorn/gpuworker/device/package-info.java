/// NVIDIA devices, asked for through the CUDA driver without a library of ours.
@NullMarked
package dev.alicorn.gpuworker.device;

import org.jspecify.annotations.NullMarked;
