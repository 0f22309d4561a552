package dev.alicorn.gateway.cli;

import dev.alicorn.config.ConfigException;
import dev.alicorn.engine.anchor.AnchorException;
import dev.alicorn.engine.dataset.DatasetException;
import dev.alicorn.engine.job.BindingException;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.seed.SeedException;
import dev.alicorn.engine.validate.NoDatasetException;
import dev.alicorn.gateway.wiring.UnavailableException;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.llama.LlamaUnavailableException;
import dev.alicorn.gpuworker.model.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// What a failure of a command is to its user: a sentence and an exit code.
///
/// @param bug whether it is a fault of ours, whose trace is always shown
record Failures(ExitCode exitCode, String sentence, boolean bug) {

  static Failures of(Throwable failure) {
    return switch (failure) {
      case ExecutionException wrapped when wrapped.getCause() != null ->
          of(Objects.requireNonNull(wrapped.getCause()));
      case CompletionException wrapped when wrapped.getCause() != null ->
          of(Objects.requireNonNull(wrapped.getCause()));
      case UncheckedIOException wrapped -> of(Objects.requireNonNull(wrapped.getCause()));
      case CommandFailure known -> expected(known.exitCode(), known);
      case ConfigException known -> expected(ExitCode.BAD_INPUT, known);
      case SeedException known -> expected(ExitCode.BAD_INPUT, known);
      case BindingException known -> expected(ExitCode.BAD_INPUT, known);
      case AnchorException known -> expected(ExitCode.BAD_INPUT, known);
      case NoDatasetException known -> expected(ExitCode.BAD_INPUT, known);
      case DatasetException known -> expected(ExitCode.BAD_INPUT, known);
      case JournalException known -> expected(exitCode(known.kind()), known);
      case ModelException known -> expected(ExitCode.UNAVAILABLE, known);
      case EncoderException known -> expected(ExitCode.UNAVAILABLE, known);
      case LlamaUnavailableException known -> expected(ExitCode.UNAVAILABLE, known);
      case UnavailableException known -> expected(ExitCode.UNAVAILABLE, known);
      case FileSystemException known ->
          new Failures(
              isOfPath(known) ? ExitCode.BAD_INPUT : ExitCode.UNAVAILABLE,
              known.getFile()
                  + ": "
                  + (known.getReason() == null
                      ? known.getClass().getSimpleName()
                      : known.getReason())
                  + "; check the path, its rights and the disk",
              false);
      case IOException known ->
          new Failures(
              ExitCode.UNAVAILABLE,
              known.getMessage() + "; check the disk and the rights of the folders",
              false);
      default ->
          new Failures(
              ExitCode.FINDINGS, "a fault of Alicorn itself, please report it: " + failure, true);
    };
  }

  /// Whether a path is the wrong one; else the disk refuses what it is asked for.
  private static boolean isOfPath(FileSystemException failure) {
    return failure.getClass() != FileSystemException.class;
  }

  private static Failures expected(ExitCode exitCode, Throwable known) {
    return new Failures(exitCode, String.valueOf(known.getMessage()), false);
  }

  private static ExitCode exitCode(JournalException.Kind kind) {
    return switch (kind) {
      case CORRUPT -> ExitCode.CORRUPT;
      case ABSENT, UNSUPPORTED -> ExitCode.BAD_INPUT;
      case LOCKED, IO, NO_SPACE, CLOSED -> ExitCode.UNAVAILABLE;
    };
  }
}
