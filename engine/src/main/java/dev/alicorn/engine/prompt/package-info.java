/// What an LLM is asked: prompts rendered from a job's spec, and the key that makes two calls the
/// same call. Pure, so that a reader of journals can ask what a call was.
@NullMarked
package dev.alicorn.engine.prompt;

import org.jspecify.annotations.NullMarked;
