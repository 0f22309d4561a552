/// Tokenizers: from a caption's text to the ids that an encoder reads.
@NullMarked
package dev.alicorn.gpuworker.tokenize;

import org.jspecify.annotations.NullMarked;
