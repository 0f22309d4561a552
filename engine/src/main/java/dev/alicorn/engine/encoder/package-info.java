/// The seam to whatever encodes captions, in this process or in another.
@NullMarked
package dev.alicorn.engine.encoder;

import org.jspecify.annotations.NullMarked;
