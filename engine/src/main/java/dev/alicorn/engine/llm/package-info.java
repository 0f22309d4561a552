/// The way to LLM endpoints: the client seam, limits, and the pool that owns an endpoint.
///
/// A client makes one attempt and says what came of it; an {@link
/// dev.alicorn.engine.llm.EndpointPool} decides when an attempt may be made, and at which endpoint.
/// It is an actor around a `CallScheduler`, which is pure: it has the waiting calls, whose turn it
/// is, and each endpoint's `Limits`. Nobody here retries: each attempt's outcome is journaled by
/// the step that asked, and the step asks again.
@NullMarked
package dev.alicorn.engine.llm;

import org.jspecify.annotations.NullMarked;
