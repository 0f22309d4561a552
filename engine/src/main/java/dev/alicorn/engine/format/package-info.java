/// The file formats of others that embeddings and rows come in, read as a stream: npy, safetensors,
/// Parquet's columns and Python's pickles.
///
/// What is wrong with a file is a [FormatException]; nothing is ever unpickled.
@NullMarked
package dev.alicorn.engine.format;

import org.jspecify.annotations.NullMarked;
