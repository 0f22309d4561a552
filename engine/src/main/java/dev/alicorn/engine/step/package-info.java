/// The three steps of a job, each from facts to facts: caption, instruct, embed.
@NullMarked
package dev.alicorn.engine.step;

import org.jspecify.annotations.NullMarked;
