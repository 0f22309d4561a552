package dev.alicorn.gateway.cli;

import dev.alicorn.engine.journal.JournalCat;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.JournalPack;
import dev.alicorn.engine.journal.JournalStats;
import dev.alicorn.engine.journal.JournalVerify;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `alicorn journal`: a journal looked at without a lock, also while it is written.
@Command(
    name = "journal",
    description = "Checks, counts, prints or packs a journal; needs no lock.")
final class JournalCommand {
  @Spec private CommandSpec command = CommandSpec.create();

  @Command(
      name = "verify",
      description = "Checks every fact: exit code 0 clean, 1 torn tail, 4 corrupt.")
  int verify(@Parameters(paramLabel = "DIR") Path folder) throws JournalException {
    PrintWriter out = command.commandLine().getOut();
    return switch (JournalVerify.verify(JournalFolders.journal(folder))) {
      case JournalVerify.Clean(long lastSeq) -> {
        out.println("clean: " + lastSeq + " facts");
        yield ExitCode.DONE.code();
      }
      case JournalVerify.TornTail torn -> {
        out.println(
            "torn tail behind fact "
                + torn.lastSeq()
                + " ("
                + torn.reason()
                + "): "
                + torn.recordsBehind()
                + " facts and "
                + torn.bytesBehind()
                + " bytes, none of them acknowledged, are cut off when the job goes on");
        yield ExitCode.FINDINGS.code();
      }
      case JournalVerify.Corrupt corrupt -> {
        out.println(corrupt.sentence());
        yield ExitCode.CORRUPT.code();
      }
    };
  }

  @Command(name = "stats", description = "Counts facts and bytes by type.")
  int stats(@Parameters(paramLabel = "DIR") Path folder) throws JournalException {
    PrintWriter out = command.commandLine().getOut();
    JournalStats stats = JournalStats.of(JournalFolders.journal(folder));
    out.printf("%-20s %12s %16s%n", "type", "facts", "payload bytes");
    stats
        .byType()
        .forEach((type, tally) ->
            out.printf("%-20s %12d %16d%n", type.key(), tally.count(), tally.bytes()));
    out.printf("%-20s %12d %16d%n", "all", stats.facts(), stats.payloadBytes());
    out.printf(
        "facts %d to %d, %d incarnations, %d bytes of files%n",
        stats.firstSeq(), stats.lastSeq(), stats.incarnations(), stats.fileBytes());
    JournalPack.Saving saving = JournalPack.estimate(JournalFolders.journal(folder));
    if (saving.files() > 0) {
      out.printf(
          "`./alicorn journal pack` would free about %d of the %d bytes of %d files that nothing is written to any more%n",
          saving.freedBytes(), saving.bytes(), saving.files());
    }
    return ExitCode.DONE.code();
  }

  @Command(
      name = "pack",
      description =
          "Packs the files that nothing is written to any more; they stay readable and replayable.")
  int pack(@Parameters(paramLabel = "DIR") Path folder) throws JournalException {
    JournalPack.Saving saving = JournalPack.pack(JournalFolders.journal(folder));
    command
        .commandLine()
        .getOut()
        .printf("%d files packed, %d bytes freed%n", saving.files(), saving.freedBytes());
    return ExitCode.DONE.code();
  }

  @Command(name = "cat", description = "Prints one JSON object a fact.")
  int cat(@Parameters(paramLabel = "DIR") Path folder) throws JournalException, IOException {
    PrintWriter out = command.commandLine().getOut();
    JournalCat.print(JournalFolders.journal(folder), out);
    out.flush();
    return ExitCode.DONE.code();
  }
}
