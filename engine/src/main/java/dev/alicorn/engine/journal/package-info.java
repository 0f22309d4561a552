/// The journal: every fact of a job, in the order in which it became known, durable and checked.
///
/// A journal folder holds one folder an incarnation, which is one opening for writing. Each is a
/// Chronicle Queue of its own that is appended to once and never again; an
/// [dev.alicorn.engine.journal.Envelope] around each record makes up for what the queue does not
/// promise: that damage is seen, that nothing is missing, and what a power cut may take. Facts are
/// numbered without a gap through all incarnations, the first one is 1.
///
/// Reading does not go through Chronicle's tailers. They map files that another process may cut,
/// follow an index that a crash may have left wrong and take a damaged header for the end, all
/// without a word. The reader here walks the documents of a cycle file by their length words, with
/// plain reads, from the start, and believes nothing but an envelope's checksum and its link to the
/// one before.
@NullMarked
package dev.alicorn.engine.journal;

import org.jspecify.annotations.NullMarked;
