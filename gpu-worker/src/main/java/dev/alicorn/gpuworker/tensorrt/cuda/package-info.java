/// The CUDA driver's memory, streams and graphs, each with an owner that frees it.
@NullMarked
package dev.alicorn.gpuworker.tensorrt.cuda;

import org.jspecify.annotations.NullMarked;
