package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A page in a headless Chromium, and all that the browser complains of there: errors on its
/// console, exceptions that nobody catches, and what the content security policy forbids.
///
/// The property `alicorn.chromium` names the program.
final class BrowserPage implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final double WAIT_MILLIS_MAX = 60_000;
  private static final int WIDTH = 1280;
  private static final int PHONE_WIDTH = 390;
  private static final int HEIGHT = 844;

  /// Texts on the page whose contrast is below what WCAG asks for at level AA, with that contrast.
  private static final String PALE_TEXTS =
      """
      () => {
        const rgb = (colour) => colour.match(/[\\d.]+/g).map(Number);
        const light = (colour) => rgb(colour).slice(0, 3)
          .map((part) => part / 255)
          .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
          .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
        const ground = (element) => {
          const colour = getComputedStyle(element).backgroundColor;
          return (rgb(colour)[3] ?? 1) > 0 ? colour : ground(element.parentElement);
        };
        return [...document.querySelectorAll('body *')]
          .filter((element) => element.checkVisibility()
            && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
          .map((element) => {
            const [a, b] = [light(getComputedStyle(element).color), light(ground(element))];
            return [element.textContent, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
          })
          .filter(([, contrast]) => contrast < 4.5)
          .map(([text, contrast]) => `${contrast}: ${text}`);
      }
      """;

  /// Whether a canvas has a pixel of a colour of the theme.
  private static final String IS_PAINTED =
      """
      (canvas, name) => {
        const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim().slice(1);
        const wanted = [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
        const copy = new OffscreenCanvas(canvas.width, canvas.height)
          .getContext('2d', { willReadFrequently: true });
        copy.drawImage(canvas, 0, 0);
        const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
        for (let at = 0; at < data.length; at += 4) {
          if (wanted.every((part, i) => part === data[at + i])) {
            return true;
          }
        }
        return false;
      }
      """;

  private final Playwright playwright;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  private BrowserPage(Playwright playwright, Page page) {
    this.playwright = playwright;
    this.page = page;
  }

  static BrowserPage open(URI url) {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(
                        Path.of(System.getProperty("alicorn.chromium", "/usr/bin/chromium")))
                    .setArgs(List.of("--no-sandbox")));
    Page page =
        browser.newPage(
            new Browser.NewPageOptions()
                .setViewportSize(WIDTH, HEIGHT)
                .setColorScheme(ColorScheme.LIGHT)
                .setLocale("en-GB"));
    PlaywrightAssertions.setDefaultAssertionTimeout(WAIT_MILLIS_MAX);
    BrowserPage opened = new BrowserPage(playwright, page);
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") || message.type().equals("warning")) {
        opened.complaints.add(message.text());
      }
    });
    page.onPageError(opened.complaints::add);
    page.addInitScript(
        "addEventListener('securitypolicyviolation',"
            + " (event) => console.error(`forbidden: ${event.violatedDirective}`))");
    page.navigate(url.toString());
    return opened;
  }

  Page page() {
    return page;
  }

  /// Everything that was complained of since this was last asked.
  List<String> complaints() {
    List<String> all = List.copyOf(complaints);
    complaints.clear();
    return all;
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /// The dialog that is open.
  Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  /// Presses the button of the dialog that does what it is for.
  void confirm() {
    dialog().locator("button.main").click();
  }

  Locator state(String state) {
    return page.locator(".state." + state).first();
  }

  Path download(Locator link) {
    Download download = page.waitForDownload(link::click);
    return download.path();
  }

  /// Looks at what is shown in both themes and on a phone: it is legible, fits, and is kept as
  /// pictures under this name.
  void looksRight(String name) throws Exception {
    Files.createDirectories(SCREENSHOTS);
    for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (int width : List.of(PHONE_WIDTH, WIDTH)) {
        page.setViewportSize(width, HEIGHT);
        String shown = name + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(shown + ".png"))
                .setFullPage(true));
        assertThat((List<?>) page.evaluate(PALE_TEXTS)).as(shown).isEmpty();
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
            .as("the width of %s", shown)
            .isLessThanOrEqualTo(width);
        for (Locator chart : page.locator("canvas").all()) {
          assertThat(chart.evaluate(IS_PAINTED, "--series-1")).as(shown).isEqualTo(true);
        }
      }
    }
  }

  @Override
  public void close() {
    playwright.close();
  }
}
