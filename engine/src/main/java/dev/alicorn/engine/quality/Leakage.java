package dev.alicorn.engine.quality;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The betrayal that a question or an answer was made from a text and not from an image: "based on
/// the caption", "the description mentions".
///
/// Writing that is part of the scene is none: the caption below a photo on a wall, the text on a
/// sign, a passage between houses. So a text is one of the picture where something that carries
/// writing stands near, or where it is read, printed or painted.
public final class Leakage {
  private static final String ADJECTIVE =
      "(?:(?:the|this|that|given|provided|above|following|image|images|picture|photo|photos|scene|original|entire|accompanying|image's|picture's) )*";

  /// Nouns that a scene hardly ever has.
  private static final String SURE = "(?:captions?|descriptions?)";

  /// Nouns that a scene may have.
  private static final String DOUBTFUL = "(?:texts?|passages?|paragraphs?)";

  private static final String SAYS =
      "(?:mentions?|mentioned|states?|stated|says?|describes?|described|suggests?|indicates?|implies|notes?|specifies|specify|provides?)";

  /// Parts of words, one of which every betrayal has; most texts have none.
  private static final List<String> SUSPICIOUS =
      List.of(
          "caption",
          "description",
          "text",
          "passage",
          "paragraph",
          "mentioned",
          "specified",
          "stated");

  private static final Pattern BETRAYAL =
      Pattern.compile(
          "\\b(?:"
              + "(?:the|this|given|provided|above) "
              + ADJECTIVE
              + SURE
              + "|(?:based on|according to|in|from|per|by|as per) "
              + ADJECTIVE
              + SURE
              + "|(?:based on|according to|given|provided|as per) "
              + ADJECTIVE
              + DOUBTFUL
              + "|"
              + ADJECTIVE
              + "(?:"
              + SURE
              + "|"
              + DOUBTFUL
              + ") (?:\\w+ly |also |does not |doesn't |do not )?"
              + SAYS
              + "|(?:the|this) (?:given |provided |above |following )?text(?= ?(?:,|\\.|\\?|;|:|\\z| that| is about| about| does| as))"
              + "|(?:the|this|a) (?:text|passage|paragraph) (?:provided|given)"
              + "|(?:captions?|descriptions?|passages?|paragraphs?) (?:that|which) "
              + SAYS
              + "|(?:mentioned|described|stated|specified|provided) in (?:the|this) (?:text|passage|paragraph)"
              + "|(?:as|(?:is|are|was|were)(?: not|n't)?(?: \\w+ly)?) (?:mentioned|specified|stated)\\b(?! on| at the (?:top|bottom))"
              + ")\\b",
          Pattern.CASE_INSENSITIVE);

  private static final String SURFACE =
      "(?:signs?|signboards?|signposts?|posters?|banners?|billboards?|labels?|plaques?|placards?"
          + "|screens?|monitors?|displays?|books?|pages?|covers?|newspapers?|magazines?|menus?"
          + "|boards?|blackboards?|whiteboards?|chalkboards?|shirts?|t-shirts?|jerseys?|walls?"
          + "|frames?|boxes|box|packages?|bottles?|cans?|tags?|badges?|tickets?|stickers?|logos?"
          + "|storefronts?|awnings?|buses|bus|trucks?|vans?|cakes?|cards?|notes?|letters?|maps?"
          + "|charts?|diagrams?|memes?|comics?|cartoons?|stones?|monuments?|exhibits?"
          + "|photographs?|photos?|pictures?|paintings?|television|tv)";

  /// What makes a noun one of the picture, right behind it.
  private static final Pattern IN_SCENE =
      Pattern.compile(
          "\\s+(?:\\w+\\s+){0,2}?(?:on|above|below|beneath|under|over|across|along|beside|next to)\\s+"
              + "(?:[\\w'’-]+\\s+){0,4}?"
              + SURFACE
              + "\\b|\\W+(?:\\w+\\s+){0,3}?"
              + "(?:reads?|written|printed|painted|engraved|carved|handwritten|lettering|font)\\b",
          Pattern.CASE_INSENSITIVE);

  private Leakage() {}

  /// The words that betray a text; empty if none do.
  public static Optional<String> find(String text) {
    String lowerCase = text.toLowerCase(Locale.ROOT);
    if (SUSPICIOUS.stream().noneMatch(lowerCase::contains)) {
      return Optional.empty();
    }
    Matcher betrayal = BETRAYAL.matcher(text);
    while (betrayal.find()) {
      if (!IN_SCENE.matcher(text).region(betrayal.end(), text.length()).lookingAt()) {
        return Optional.of(betrayal.group());
      }
    }
    return Optional.empty();
  }
}
