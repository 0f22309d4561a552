/// The TensorRT backend: text encoders on an NVIDIA device.
@NullMarked
package dev.alicorn.gpuworker.tensorrt;

import org.jspecify.annotations.NullMarked;
