/// How text embeddings are moved to the image side of the shared space: unit vectors, their corpus
/// mean, and the methods that are fitted to it.
@NullMarked
package dev.alicorn.engine.transfer;

import org.jspecify.annotations.NullMarked;
