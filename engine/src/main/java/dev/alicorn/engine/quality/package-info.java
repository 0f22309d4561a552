/// What can be measured of a text by itself: the measures that filters judge by and reports count.
@NullMarked
package dev.alicorn.engine.quality;

import org.jspecify.annotations.NullMarked;
