/// Reading of Parquet files column by column, without Parquet's own reader of files, which needs
/// Hadoop.
@NullMarked
package dev.alicorn.engine.parquet;

import org.jspecify.annotations.NullMarked;
