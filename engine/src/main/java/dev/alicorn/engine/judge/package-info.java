/// The one pure function from a record's facts and the recipe to its outcome.
@NullMarked
package dev.alicorn.engine.judge;

import org.jspecify.annotations.NullMarked;
