/// Statistics of image embeddings, and the anchor that is made of them.
@NullMarked
package dev.alicorn.engine.anchor;

import org.jspecify.annotations.NullMarked;
