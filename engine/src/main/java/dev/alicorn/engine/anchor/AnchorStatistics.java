package dev.alicorn.engine.anchor;

import dev.alicorn.engine.dataset.Safetensors;
import dev.alicorn.engine.format.EmbeddingRows;
import dev.alicorn.engine.format.FormatException;
import dev.alicorn.engine.format.SafetensorsFile;
import dev.alicorn.engine.transfer.CorpusMean;
import dev.alicorn.engine.transfer.Dispersion;
import dev.alicorn.engine.transfer.Norm;
import dev.alicorn.engine.transfer.Statistic;
import dev.alicorn.engine.transfer.UnitVector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Mean and trace of image embeddings, each scaled to unit length.
///
/// Rows are read one at a time, so memory is that of a row whatever the files. The bits are the
/// same in any order of rows and files.
public final class AnchorStatistics {
  private final long rows;
  private final double[] mean;
  private final double trace;

  private AnchorStatistics(CorpusMean images) {
    rows = images.rows();
    mean = images.mean();
    trace = Dispersion.of(images).trace();
  }

  /// Reads files.
  ///
  /// @param files at least one: npy, safetensors or Parquet
  /// @param tensor which one of safetensors files; empty where they have one
  /// @param column which one of Parquet files; empty where they have one of lists of floats
  /// @throws AnchorException when a file cannot be read, a row has no direction, or the dimensions
  ///   differ
  public static AnchorStatistics of(
      List<Path> files, Optional<String> tensor, Optional<String> column)
      throws AnchorException, IOException {
    CorpusMean images = null;
    for (Path file : files) {
      images = add(file, tensor, column, images);
    }
    if (images == null) {
      throw new IllegalArgumentException("an anchor needs at least one file");
    }
    return new AnchorStatistics(images);
  }

  private static CorpusMean add(
      Path file, Optional<String> tensor, Optional<String> column, @Nullable CorpusMean before)
      throws AnchorException, IOException {
    CorpusMean images = before;
    try (EmbeddingRows rows = EmbeddingRows.open(file, tensor, column)) {
      double @Nullable [] row;
      for (long number = 0; (row = rows.next()) != null; number++) {
        if (images == null) {
          images = new CorpusMean(row.length);
        }
        if (row.length != images.dimension()) {
          throw new AnchorException(
              file,
              number,
              "it has %s numbers and the rows before it %s; take the embeddings of one encoder"
                  .formatted(row.length, images.dimension()));
        }
        scale(file, number, row);
        images.add(row);
      }
    } catch (FormatException e) {
      throw new AnchorException(file, e);
    }
    if (images == null) {
      throw new AnchorException(file, "it has no rows; name a file with embeddings");
    }
    return images;
  }

  private static void scale(Path file, long number, double[] row) throws AnchorException {
    double length = Norm.length(row);
    if (!Double.isFinite(length)) {
      throw new AnchorException(
          file, number, "it has a NaN or an infinity; leave it out or encode the image again");
    }
    if (length < UnitVector.ZERO_NORM) {
      throw new AnchorException(file, number, "it is zero; leave it out or encode the image again");
    }
    for (int j = 0; j < row.length; j++) {
      row[j] /= length;
    }
  }

  /// The vector of a name in a safetensors file, such as `mu_text` of a dataset's
  /// `transfer.safetensors`.
  public static double[] vector(Path file, String name) throws AnchorException, IOException {
    try (EmbeddingRows rows = SafetensorsFile.open(file, Optional.of(name))) {
      double @Nullable [] row = rows.next();
      if (row == null || rows.next() != null) {
        throw new AnchorException(file, "tensor " + name + " is no vector");
      }
      return row;
    } catch (FormatException e) {
      throw new AnchorException(file, e);
    }
  }

  public long rows() {
    return rows;
  }

  public int dimension() {
    return mean.length;
  }

  /// The mean of the squared distances from the mean; one less the mean's squared length.
  public double trace() {
    return trace;
  }

  /// How far the mean is from another.
  public double distance(double[] other) {
    if (other.length != mean.length) {
      throw new IllegalArgumentException(
          "means of " + mean.length + " and " + other.length + " dimensions have no distance");
    }
    double[] difference = new double[mean.length];
    for (int j = 0; j < mean.length; j++) {
      difference[j] = mean[j] - other[j];
    }
    return Norm.length(difference);
  }

  /// How long the mean is.
  public double meanLength() {
    return Norm.length(mean);
  }

  /// Writes the anchor as a job names it: safetensors with `mu_image`, `trace_image` and, in the
  /// metadata, the count of `rows`.
  public void write(OutputStream out) throws IOException {
    Safetensors.write(
        out,
        Map.of("rows", Long.toString(rows)),
        Map.of("mu_image", Statistic.vector(mean), "trace_image", Statistic.vector(trace)));
  }
}
