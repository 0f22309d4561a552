package dev.alicorn.engine.seed;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The shapes in which captions of Flickr8k and Flickr30k go about.
enum FlickrShape {
  /// `image.jpg#0`, a tab, the caption.
  TABS,
  /// A table with the header `image,caption`.
  COMMAS,
  /// A table with the header `image_name| comment_number| comment`, never quoted.
  BARS;

  /// What the caption and its image are called, whatever the file calls them.
  static final RowFields FIELDS = new RowFields("caption", Optional.of("image"));

  private static final Pattern TABBED =
      Pattern.compile("\\S+\\.(?:jpe?g|png)#\\d+\\t.*", Pattern.CASE_INSENSITIVE);
  private static final Pattern COMMA_HEADER = Pattern.compile("\"?image\"?,\"?caption\"?");
  private static final Pattern BAR_HEADER =
      Pattern.compile("image_name\\s*\\|\\s*comment_number\\s*\\|\\s*comment");

  /// @param head what a file begins with
  static Optional<FlickrShape> of(String head) {
    String line = FormatGuess.firstLine(head.stripLeading()).strip();
    if (TABBED.matcher(line).matches()) {
      return Optional.of(TABS);
    }
    if (COMMA_HEADER.matcher(line).matches()) {
      return Optional.of(COMMAS);
    }
    return BAR_HEADER.matcher(line).matches() ? Optional.of(BARS) : Optional.empty();
  }

  /// The table's own names of image and caption.
  List<String> header() {
    return switch (this) {
      case TABS -> List.of();
      case COMMAS -> List.of("image", "caption");
      case BARS -> List.of("image_name", "comment");
    };
  }

  /// A row of tabs.
  static FileRow row(String key, String line) {
    int tab = line.indexOf('\t');
    int number = tab < 0 ? -1 : line.lastIndexOf('#', tab);
    if (number < 0) {
      return new FileRow.Broken(key, "the line is not image#number, a tab and a caption");
    }
    return new FileRow.Caption(
        key, line.substring(tab + 1), Optional.of(line.substring(0, number)));
  }
}
