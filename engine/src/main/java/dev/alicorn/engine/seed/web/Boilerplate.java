package dev.alicorn.engine.seed.web;

import dev.alicorn.engine.quality.PhraseList;
import dev.alicorn.engine.quality.WordList;
import java.util.Optional;
import java.util.regex.Pattern;

/// No name of a file, and nothing of what pages put beside pictures: shops, agencies, buttons.
final class Boilerplate implements WebRule {
  private static final Pattern FILE_NAME =
      Pattern.compile(
          "\\.(?:jpe?g|png|gif|bmp|tiff?|webp|svg|psd|pdf|mp4)\\b"
              + "|\\b(?:IMG|DSC|DSCN|DSCF|PICT|PXL|GOPR|CIMG)[_ -]?\\d{3,}"
              + "|\\b\\d{8}_\\d{6}\\b"
              + "|[©®™]",
          Pattern.CASE_INSENSITIVE);
  private static final PhraseList PHRASES =
      new PhraseList(WordList.named(Boilerplate.class, "boilerplate.txt"));

  @Override
  public Optional<String> against(WebText text) {
    return FILE_NAME.matcher(text.text()).find() || PHRASES.isIn(text.words())
        ? Optional.of("boilerplate")
        : Optional.empty();
  }
}
