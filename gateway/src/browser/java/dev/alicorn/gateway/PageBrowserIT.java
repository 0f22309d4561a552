package dev.alicorn.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.ContentHash;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page as people have it: a daemon, and a Chromium that clicks and types.
///
/// `gateway/browser/run` runs this, and leaves pictures in `gateway/target/screenshots`.
class PageBrowserIT {
  // Enough that the job is not over before it is paused, on a slow machine too.
  private static final int SEEDS = 160;
  private static final int SAMPLES = 6;
  private static final Duration LATENCY = Duration.ofMillis(400);
  private static final String JOB =
      DaemonProcess.JOB.replace(
          "\"instruct\": { \"tasks\": {} }",
          "\"instruct\": { \"endpoint\": \"scripted\", \"tasks\": { \"multiple_choice\": "
              + SAMPLES
              + " } }");

  @TempDir private Path folder = Path.of("");

  @Test
  void aJobIsBegunWatchedSteeredReplayedAndFetched() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().answeringAfter(LATENCY).start();
        DaemonProcess daemon = DaemonProcess.serve(folder, SEEDS, endpoint);
        BrowserPage browser = BrowserPage.open(daemon.url())) {
      Page page = browser.page();
      assertThat(page.getByText("There is no job yet")).isVisible();
      skipsToTheContent(browser);

      browser.button("New job").click();
      Locator text = page.getByLabel("The job as JSON");
      text.fill(JOB.replace("seeds", "seed"));
      browser.confirm();
      assertThat(browser.dialog().getByRole(AriaRole.ALERT)).containsText("did you mean seeds?");
      assertThat(browser.complaints()).singleElement().asString().contains("status of 422");
      browser.looksRight("refused");
      text.fill(JOB);
      browser.confirm();
      assertThat(browser.state("running")).isVisible();
      assertThat(browser.dialog()).hasCount(0);

      assertThat(page.getByText("Limited by endpoint scripted: 4 of 4 calls")).isVisible();
      Locator captions = page.locator(".figure").first();
      assertThat(captions).containsText(Pattern.compile("^[1-9]"));
      String before = captions.textContent();
      assertThat(captions).not().hasText(before);
      assertThat(page.locator("canvas")).hasCount(3);

      browser.button("Pause").focus();
      page.keyboard().press("Enter");
      assertThat(browser.state("paused")).hasText("paused: user");
      assertThat(browser.button("Resume")).isFocused();
      browser.looksRight("paused");
      page.keyboard().press("Enter");
      browser.dialog().getByLabel("Calls").fill("1000");
      browser.looksRight("resume");
      browser.confirm();
      assertThat(page.getByText("of 1,000 calls")).isVisible();

      assertThat(browser.state("completed")).isVisible();
      assertThat(captions).hasText(SEEDS + " of " + SEEDS);
      samplesStayOpen(page);
      replayed(browser);
      downloaded(browser, daemon, page.url().replaceFirst(".*#/jobs/", "/v1/jobs/"));
      browser.looksRight("completed");

      page.getByText("All jobs").click();
      assertThat(
              page.getByText(
                  "%d captions · %d samples · %d calls".formatted(SEEDS, SAMPLES, SEEDS + SAMPLES)))
          .isVisible();
      browser.looksRight("jobs");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void skipsToTheContent(BrowserPage browser) {
    Page page = browser.page();
    page.keyboard().press("Tab");
    assertThat(page.getByText("Skip to content")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("main")).isFocused();
    page.keyboard().press("Tab");
    assertThat(page.getByLabel("State")).hasCSS("outline-style", "solid");
  }

  private static void samplesStayOpen(Page page) {
    page.getByLabel("Stage").selectOption("instruct");
    Locator samples = page.locator(".record summary");
    assertThat(samples).hasCount(SAMPLES);
    samples.last().click();
    Response polled = page.waitForResponse(is("/records?"), () -> {});
    assertThat(polled.ok()).isTrue();
    assertThat(page.locator("details[open] .turn .right").first()).isVisible();
    page.getByLabel("Stage").selectOption("");
  }

  private static void replayed(BrowserPage browser) throws Exception {
    browser.button("Replay").click();
    browser.dialog().getByLabel("Name").fill("plain");
    browser.dialog().getByLabel("Transfer method").selectOption("none");
    browser.dialog().getByLabel("parquet").uncheck();
    browser.looksRight("replay");
    browser.confirm();
    assertThat(browser.dialog()).hasCount(0);
    assertThat(browser.page().locator("summary").filter(containing("plain, "))).isVisible();
  }

  private static void downloaded(BrowserPage browser, DaemonProcess daemon, String job)
      throws Exception {
    Page page = browser.page();
    Locator dataset = page.locator("details").filter(containing("plain, "));
    dataset.locator("summary").click();
    Locator row = dataset.locator("tbody tr").filter(containing("trainer/pretrain.json"));
    String hash = ContentHash.of(Files.readAllBytes(browser.download(row.locator("a")))).hex();
    assertThat(row.locator("code").getAttribute("title")).isEqualTo(hash);
    assertThat(daemon.get(job + "/datasets/plain").body()).contains(hash);

    List<String> entries = new ArrayList<>();
    byte[] tar = Files.readAllBytes(browser.download(dataset.getByText("Everything as a tar")));
    try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.add(entry.getName());
      }
    }
    assertThat(entries)
        .contains("plain/manifest.json", "plain/trainer/pretrain.json")
        .noneMatch(name -> name.endsWith(".parquet"));
  }

  @Test
  void whatIsLeftEndsAndWhatIsShownComesBackWithTheDaemon() throws Exception {
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().answeringAfter(LATENCY).start()) {
      int port;
      String job;
      try (DaemonProcess daemon = DaemonProcess.serve(folder, SEEDS, endpoint);
          BrowserPage browser = BrowserPage.open(daemon.url())) {
        port = daemon.url().getPort();
        Page page = browser.page();
        job = daemon.submit(DaemonProcess.STREAMED).replaceFirst(".*/", "");
        leavesNothingBehind(page, job);

        page.navigate(daemon.url() + "/#/jobs/" + job);
        assertThat(page.getByText("Waits for seeds")).isVisible();
        assertThat(browser.complaints()).isEmpty();
        daemon.process().terminate();
        assertThat(page.locator("#connection")).containsText("the daemon does not answer");
        assertThat(daemon.process().end().exitCode()).isZero();
        try (DaemonProcess next =
            DaemonProcess.serve(
                folder, SEEDS, endpoint, "port = " + port, HttpClient.newHttpClient())) {
          assertThat(page.locator("#connection")).isEmpty();
          next.await("/v1/jobs/" + job, "running");
          next.post("/v1/jobs/" + job + "/seeds", "{\"text\": \"a red cat\"}\n");
          assertThat(page.locator(".figure").first()).hasText("1");
          browser.button("Seal").click();
          browser.confirm();
          assertThat(browser.state("completed")).isVisible();
          assertThat(browser.complaints()).allMatch(text -> text.contains("net::ERR_"));
        }
      }
    }
  }

  /// Shows a job and leaves it before anything of it has come.
  private static void leavesNothingBehind(Page page, String job) {
    List<String> asked = new ArrayList<>();
    List<Request> open = new ArrayList<>();
    page.onRequest(request -> {
      if (request.url().contains("/v1/")) {
        asked.add(request.url());
        open.add(request);
      }
    });
    page.onRequestFinished(open::remove);
    page.onRequestFailed(open::remove);
    page.evaluate(
        """
        async (job) => {
          for (const view of [`#/jobs/${job}`, '#/']) {
            location.hash = view;
            await new Promise((shown) => addEventListener('hashchange', shown, { once: true }));
          }
        }
        """,
        job);
    // The list is asked for every 3 s; whatever a job's view asks for, it asks for more often than
    // twice that.
    page.waitForCondition(() ->
        asked.stream().anyMatch(url -> url.contains(job))
            && asked.reversed().stream().limit(3).allMatch(url -> url.contains("/v1/jobs?")));
    assertThat(open).noneMatch(request -> request.url().contains(job));
  }

  private static Predicate<Response> is(String part) {
    return response -> response.url().contains(part);
  }

  private static Locator.FilterOptions containing(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
