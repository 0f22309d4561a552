/// The quality of a dataset in figures: what a user wants to see before paying for a training.
///
/// [dev.alicorn.engine.report.DatasetReport] reads a folder once for its texts and once for its
/// vectors and makes `report.html` and `report.json`. A figure is a
/// [dev.alicorn.engine.report.Measure], which holds its definition; what is too much of it is a
/// [dev.alicorn.engine.report.Rule].
@NullMarked
package dev.alicorn.engine.report;

import org.jspecify.annotations.NullMarked;
