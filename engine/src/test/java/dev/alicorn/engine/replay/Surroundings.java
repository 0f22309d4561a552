package dev.alicorn.engine.replay;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import java.util.concurrent.Callable;

/// What a replay finds around it and must not depend on.
public record Surroundings(int threads, Locale locale, ZoneId zone) {
  private static final int THREADS_MAX = 16;

  /// Locales in which numbers, letters or years are written otherwise.
  private static final List<String> STRANGE =
      List.of(
          "tr-TR",
          "az-Latn-AZ",
          "lt-LT",
          "de-CH",
          "ar-EG-u-nu-arab",
          "fa-IR-u-nu-arabext",
          "hi-IN-u-nu-deva",
          "th-TH-u-ca-buddhist-nu-thai",
          "ja-JP-u-ca-japanese");

  private static final List<ZoneId> ZONES =
      ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList();

  /// Half of all locales drawn are strange ones.
  public static Surroundings draw(Random random) {
    List<Locale> all = List.of(Locale.getAvailableLocales());
    Locale locale =
        random.nextBoolean()
            ? Locale.forLanguageTag(STRANGE.get(random.nextInt(STRANGE.size())))
            : all.get(random.nextInt(all.size()));
    return new Surroundings(
        1 + random.nextInt(THREADS_MAX), locale, ZONES.get(random.nextInt(ZONES.size())));
  }

  /// The options of a Java that is in them.
  public List<String> javaOptions() {
    List<String> options = new ArrayList<>();
    options.add("-XX:ActiveProcessorCount=" + threads);
    options.add("-Duser.timezone=" + zone);
    options.add("-Duser.language=" + locale.getLanguage());
    options.add("-Duser.script=" + locale.getScript());
    options.add("-Duser.country=" + locale.getCountry());
    options.add("-Duser.variant=" + locale.getVariant());
    String tag = locale.toLanguageTag();
    int extensions = tag.indexOf("-u-");
    if (extensions >= 0) {
      options.add("-Duser.extensions=" + tag.substring(extensions + 1));
    }
    return options;
  }

  /// Calls something in this Java's place for them; the threads are the caller's to keep.
  public <T> T within(Callable<T> work) throws Exception {
    Locale localeBefore = Locale.getDefault();
    TimeZone zoneBefore = TimeZone.getDefault();
    try {
      Locale.setDefault(locale);
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      return work.call();
    } finally {
      Locale.setDefault(localeBefore);
      TimeZone.setDefault(zoneBefore);
    }
  }
}
