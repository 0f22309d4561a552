/// The model store: a catalogue of model files, and a folder that they are fetched into and checked
/// in.
@NullMarked
package dev.alicorn.gpuworker.model;

import org.jspecify.annotations.NullMarked;
