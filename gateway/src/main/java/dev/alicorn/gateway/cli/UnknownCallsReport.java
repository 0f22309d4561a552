package dev.alicorn.gateway.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.config.ConfigException;
import dev.alicorn.engine.explain.UnknownCalls;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.protocol.Money;
import java.io.PrintWriter;
import java.nio.file.Path;

/// A job's calls whose bill is not known, a line each: for people, or as JSON.
final class UnknownCallsReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter out;
  private final boolean json;
  private long calls;

  UnknownCallsReport(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  void print(Path journal) throws JournalException, ConfigException {
    Money sum = UnknownCalls.forEach(journal, this::print);
    if (!json) {
      out.println(
          calls == 0
              ? "every call says what it was billed"
              : Amounts.count(calls) + " calls, which may have cost " + Amounts.money(sum));
    }
    out.flush();
  }

  private void print(UnknownCalls.Unknown call) {
    calls++;
    if (json) {
      out.println(
          JSON.createObjectNode()
              .put("seq", call.seq())
              .put("record", call.record().ordinal())
              .put("stage", call.stage().key())
              .put("ask", call.ask())
              .put("endpoint", call.endpoint())
              .put("why", call.why())
              .put("possible_price", call.possiblePrice().toString()));
    } else {
      out.println(
          "record "
              + call.record()
              + ", "
              + call.stage().key()
              + ", "
              + call.endpoint()
              + " (fact "
              + call.seq()
              + "): "
              + call.why()
              + "; perhaps "
              + Amounts.money(call.possiblePrice()));
    }
  }
}
