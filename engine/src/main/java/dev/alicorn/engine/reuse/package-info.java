/// Replies that other jobs have paid for already, found by their call keys.
@NullMarked
package dev.alicorn.engine.reuse;

import org.jspecify.annotations.NullMarked;
