/// Statistics of image embeddings: the files that people have these in, and the anchor that is made
/// of them.
@NullMarked
package dev.alicorn.engine.anchor;

import org.jspecify.annotations.NullMarked;
