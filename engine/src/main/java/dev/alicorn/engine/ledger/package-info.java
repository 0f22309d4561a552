/// What a job's calls have cost, as a fold over its journal, and what a job is going to cost.
@NullMarked
package dev.alicorn.engine.ledger;

import org.jspecify.annotations.NullMarked;
