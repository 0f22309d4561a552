/// What an encoder's ONNX graph is turned into before TensorRT gets it; pure, on any machine.
@NullMarked
package dev.alicorn.gpuworker.tensorrt.graph;

import org.jspecify.annotations.NullMarked;
