/// The pure function from a record's facts to its outcome, and the draw of instruct captions.
///
/// [dev.alicorn.engine.judge.Judge] is asked by a live job, to know what a record is still owed,
/// and by a replay, to know what is exported. Both get one answer because nothing here reads a
/// clock, a file or a random number: a verdict follows from facts, bindings and recipe alone. A
/// verdict that is not `Owed` is never changed by later facts, so that a journal may end anywhere
/// and go on; only a call that is parked for want of an answer is taken up again should the answer
/// follow.
///
/// A reply is read in three layers: [dev.alicorn.engine.judge.Envelope] is what the endpoint
/// wrapped around the model's text, the readings (`CaptionReading`, `SampleReading`) are what the
/// text says, and `Asked` counts the attempts and the one re-ask.
@NullMarked
package dev.alicorn.engine.judge;

import org.jspecify.annotations.NullMarked;
