/// Encoders as folders: `encoder.conf`, `model.onnx` and `tokenizer.json`.
@NullMarked
package dev.alicorn.gpuworker.folder;

import org.jspecify.annotations.NullMarked;
