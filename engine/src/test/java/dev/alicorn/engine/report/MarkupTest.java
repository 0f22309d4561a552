package dev.alicorn.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkupTest {

  @Test
  void textStaysText() {
    Markup markup = new Markup();
    markup.element("p", "<script>\u0007 & \"x\"", "title", "a \"quoted\" <b>");
    assertThat(markup.toString())
        .isEqualTo(
            "<p title=\"a &quot;quoted&quot; &lt;b&gt;\">&lt;script&gt;  &amp; &quot;x&quot;</p>\n");
  }

  @Test
  void whatIsOpenedIsClosed() {
    Markup markup = new Markup();
    markup.open("p").open("br");
    assertThatThrownBy(markup::toString).isInstanceOf(IllegalStateException.class);
    assertThat(markup.close().toString()).isEqualTo("<p><br></p>\n");
  }
}
