package dev.alicorn.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PageTest {
  @Test
  void wrapsAtSpacesAndKeepsTheIndent() {
    assertThat(Page.wrap("  one two three four", 11))
        .containsExactly("  one two", "  three", "  four");
  }

  @Test
  void breaksWhatHasNoSpacesButNoCharacter() {
    assertThat(Page.wrap("abcdefghij", 4)).containsExactly("abcd", "efgh", "ij");
    assertThat(Page.wrap("abc\uD83D\uDE00d", 4)).containsExactly("abc", "\uD83D\uDE00d");
  }

  @Test
  void letsATerminalObeyNothing() {
    assertThat(Page.wrap("\u001B[2Jred\u202Eder\tend", 40)).containsExactly("�[2Jred�der end");
  }

  @Test
  void leavesTheMiddleOfABlockOutAndSaysSo() {
    String text =
        IntStream.range(0, 20).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));

    assertThat(block(text, false).lines())
        .hasSize(15)
        .contains("      line 8", "      … 7 lines, which --full shows …", "      line 16");
    assertThat(block(text, true).lines()).hasSize(21).endsWith("      line 19");
  }

  private static String block(String text, boolean full) {
    StringWriter out = new StringWriter();
    new Page(new PrintWriter(out), full).block("text", text);
    return out.toString();
  }
}
