/// One record of a job, told from its journal: the seed, each call with its question and its
/// answer, the rules that were applied, and the outcome.
///
/// Nothing here is stored anywhere: questions are rendered again from the spec, and what a reply is
/// worth is asked of the judge.
@NullMarked
package dev.alicorn.engine.explain;

import org.jspecify.annotations.NullMarked;
