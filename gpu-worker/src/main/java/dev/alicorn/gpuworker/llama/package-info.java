/// The local language model: llama.cpp in a process of its own, behind an OpenAI-compatible
/// endpoint.
@NullMarked
package dev.alicorn.gpuworker.llama;

import org.jspecify.annotations.NullMarked;
