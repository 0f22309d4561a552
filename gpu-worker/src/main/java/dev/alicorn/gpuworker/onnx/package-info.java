/// The ONNX Runtime backend: text encoders on the CPU, in process.
@NullMarked
package dev.alicorn.gpuworker.onnx;

import org.jspecify.annotations.NullMarked;
