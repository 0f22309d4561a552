/// The scripted endpoint: an OpenAI-compatible LLM over real sockets whose every reply and every
/// fault is a pure function of the request, and which keeps a ledger of its own.
@NullMarked
package dev.alicorn.engine.scripted;

import org.jspecify.annotations.NullMarked;
