package dev.alicorn.engine.job;

import dev.alicorn.protocol.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// An author of answers that are good but for faults planted at known records: every record of a
/// number that is planted with a filter's fault has it once, worded in one of several ways, and all
/// others have none, though some come close to one.
///
/// A caption names its record's number, by which questions about it are told.
final class PlantedAnswers implements UnaryOperator<String> {
  private static final Pattern NUMBER = Pattern.compile("number (\\d+)");
  static final List<Filter> IN_CAPTIONS =
      List.of(
          Filter.MARKUP,
          Filter.SHORT_CAPTION,
          Filter.RHETORIC,
          Filter.UNFAITHFUL,
          Filter.INVENTED_NUMERALS,
          Filter.LEAKAGE,
          Filter.NEAR_DUPLICATE);
  static final List<Filter> IN_CHOICES =
      List.of(
          Filter.LEAKAGE,
          Filter.REPEATED_QUESTION,
          Filter.SAME_OPTIONS,
          Filter.LONGEST_OPTION,
          Filter.INVENTED_NUMERALS);
  static final List<Filter> IN_ANSWERS =
      List.of(
          Filter.LEAKAGE,
          Filter.REPEATED_QUESTION,
          Filter.INVENTED_NUMERALS,
          Filter.VERBATIM_COPY,
          Filter.YES_SURPLUS,
          Filter.LONG_CONVERSATION);

  /// One record in so many has a fault in its caption, another one in its sample.
  private static final int PERIOD = 5;

  private static final int PAIRS = 6;

  private static final String[] THINGS = {
    "kite", "beach", "sea", "sky", "string", "tail", "dune", "walker", "sand", "cloud"
  };
  private static final String[] COLOURS = {
    "grey", "pale blue", "white", "brown", "yellow", "dark green", "red", "black"
  };
  private static final String[] PLACES = {
    "near the water", "beside a low dune", "in the middle", "close to the left edge", "far behind"
  };

  /// The fault of a record's caption.
  static Optional<Filter> inCaption(int number) {
    return number % PERIOD == 0
        ? Optional.of(IN_CAPTIONS.get(number / PERIOD % IN_CAPTIONS.size()))
        : Optional.empty();
  }

  /// The fault of a record's sample, if it is drawn for multiple choice or for free answers.
  static Optional<Filter> inSample(int number, boolean choices) {
    List<Filter> faults = choices ? IN_CHOICES : IN_ANSWERS;
    return number % PERIOD == 1
        ? Optional.of(faults.get(number / PERIOD % faults.size()))
        : Optional.empty();
  }

  @Override
  public String apply(String request) {
    Matcher number = NUMBER.matcher(request);
    if (!number.find()) {
      throw new IllegalArgumentException("no kite has a number in " + request);
    }
    int record = Integer.parseInt(number.group(1));
    SplittableRandom random = new SplittableRandom(record);
    if (!request.contains("QA Pairs")) {
      return caption(record, random);
    }
    boolean choices = request.contains("Options");
    return pairs(record, choices, inSample(record, choices), random);
  }

  private static String caption(int record, SplittableRandom random) {
    Optional<Filter> fault = inCaption(record);
    String about = fault.equals(Optional.of(Filter.UNFAITHFUL)) ? elsewhere(record) : kite(record);
    if (fault.isEmpty()) {
      return about + " " + scene(random) + nearMiss(record, random);
    }
    return switch (fault.get()) {
      case MARKUP ->
          one(
              random,
              "**Subject:** " + about + "\n**Setting:** " + scene(random),
              "# A kite\n" + about + " " + scene(random),
              "It shows:\n- " + about + "\n- " + scene(random),
              "What is seen:\n1. " + about + "\n2. " + scene(random));
      case SHORT_CAPTION -> about;
      case RHETORIC ->
          about
              + " "
              + scene(random)
              + one(
                  random,
                  " The breathtaking sky evokes a sense of freedom.",
                  " It is a testament to play, as if time stood still.",
                  " A stunning and majestic sight.",
                  " The serene shore tells a story.");
      case UNFAITHFUL -> about + " " + furniture(random);
      case INVENTED_NUMERALS ->
          about
              + " "
              + scene(random)
              + one(
                  random,
                  " The tail is 2.5 meters long.",
                  " A tag bears the serial number KX-4471.",
                  " It was made in 1987.",
                  " The string runs for about 40 m.",
                  " The clock says 3:45.");
      case LEAKAGE ->
          one(
                  random,
                  "The given description shows a beach. ",
                  "As the caption says, it is windy. ",
                  "According to the text, a kite flies. ",
                  "This description tells of a shore. ")
              + about
              + " "
              + scene(random);
      case NEAR_DUPLICATE -> kite(record) + " " + TWIN;
      case REPEATED_QUESTION,
          SAME_OPTIONS,
          LONGEST_OPTION,
          VERBATIM_COPY,
          YES_SURPLUS,
          LONG_CONVERSATION ->
          throw new IllegalStateException("no fault of a caption: " + fault);
    };
  }

  private static String kite(int record) {
    return "A green kite number " + record + " flies over a beach.";
  }

  /// Of another thing; the number alone is the seed's.
  private static String elsewhere(int record) {
    return "A wooden table stands in a room; a card on it has the number " + record + ".";
  }

  /// What many captions end with whose records are near duplicates.
  static final String TWIN =
      "Its cloth is a plain square with two seams that cross in the middle, and a tail of five short"
          + " bows hangs below. The line runs down to the right, where a man in a brown coat holds"
          + " the reel with both hands. Wet sand lies in front, low waves roll in behind him, and a"
          + " bank of grey cloud covers the upper third of the view. Far off, a pier stands on dark"
          + " posts, and three gulls sit on its rail.";

  private static String scene(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int sentence = 0; sentence < 6; sentence++) {
      String colour = one(random, COLOURS);
      String thing = one(random, THINGS);
      String other = one(random, THINGS);
      String place = one(random, PLACES);
      text.append(text.isEmpty() ? "" : " ")
          .append(
              one(
                  random,
                  "The " + thing + " is " + colour + " and lies " + place + ".",
                  "Behind the "
                      + thing
                      + ", a "
                      + colour
                      + " "
                      + other
                      + " can be seen "
                      + place
                      + ".",
                  "Light falls on the "
                      + thing
                      + " from the left, and the "
                      + other
                      + " is "
                      + colour
                      + ".",
                  "Two walkers pass the " + thing + " " + place + ", one in a " + colour + " coat.",
                  "The edge of the " + thing + " touches the " + colour + " " + other + "."));
    }
    return text.toString();
  }

  private static String furniture(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int sentence = 0; sentence < 5; sentence++) {
      text.append(sentence == 0 ? "" : " ")
          .append("A ")
          .append(one(random, "cup", "lamp", "chair", "bowl", "shelf"))
          .append(" of ")
          .append(one(random, "wood", "glass", "iron", "clay"))
          .append(" stands ")
          .append(one(random, "on the left", "on the right", "at the window", "in a corner"))
          .append(", lit from above.");
    }
    return text.toString();
  }

  /// What comes close to a fault and is none, for every third record.
  private static String nearMiss(int record, SplittableRandom random) {
    return record % 3 != 0
        ? ""
        : one(
            random,
            " The text on the sign by the path reads no swimming.",
            " A narrow passage leads between the dunes.",
            " Three gulls and two dogs stand there.",
            " A perfect square is cut out of the cloth.",
            " Number " + record + " is painted on the kite.",
            " A caption below the photo on the kiosk is too small to read.");
  }

  private static String pairs(
      int record, boolean choices, Optional<Filter> fault, SplittableRandom random) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      pairs.add(choices ? choice(i, random) : answer(i, random));
    }
    int place = 1 + random.nextInt(PAIRS - 1);
    fault.ifPresent(planted -> plant(pairs, place, record, choices, planted, random));
    return "{\"id\":\"\",\"QA Pairs\":[" + pairs.stream().collect(Collectors.joining(",")) + "]}";
  }

  private static void plant(
      List<String> pairs,
      int place,
      int record,
      boolean choices,
      Filter fault,
      SplittableRandom random) {
    switch (fault) {
      case LEAKAGE -> {
        String question =
            one(
                random,
                "Based on the caption, what hangs from the kite?",
                "What does the description mention about the dunes?",
                "According to the given text, where is the pier?",
                "What is stated in the passage about the wind?",
                "From the provided description, what can be inferred about the walker?",
                "Which animal does the caption describe?",
                "In the caption, who holds the reel?",
                "What is the main theme of the text?");
        pairs.set(
            place,
            choices
                ? choice(question, "a bow", "a bell", "a flag", "a rope", random)
                : pair(question, "A short bow of cloth."));
      }
      case REPEATED_QUESTION ->
          pairs.set(place, choices ? choice(place - 1, random) : again(place - 1, random));
      case SAME_OPTIONS ->
          pairs.set(
              place,
              one(
                  random,
                  choice("What lies on the shelf?", "The shell", "a shell", "a net", "a coin", 2),
                  choice("What lies on the shelf?", "a net", "A coin.", "a rope", "the coin", 2),
                  choice("What lies on the shelf?", "an oar", "a net", "Oar", "a coin", 3)));
      case LONGEST_OPTION ->
          pairs.set(
              place,
              choice(
                  "What does the walker do?",
                  one(
                      random,
                      "He stands still and holds the reel of the kite with both of his hands",
                      "Walking slowly along the water with a coat over one arm and a dog behind",
                      "Looking up at the kite while the line runs through his fingers"),
                  "He sits",
                  "He sleeps",
                  "He swims",
                  0));
      case INVENTED_NUMERALS -> {
        String invented =
            one(random, "about 12 meters", "the year 1994", "exactly 45 degrees", "65 percent");
        pairs.set(
            place,
            choices
                ? choice("How is the line drawn?", invented, "in a curve", "straight", "loosely", 0)
                : pair("How is the line drawn?", "The line shows " + invented + "."));
      }
      case VERBATIM_COPY -> pairs.set(place, pair("What else is there?", copied(record)));
      case YES_SURPLUS -> {
        for (int i = 0; i < 4; i++) {
          pairs.set(
              i,
              pair(
                  "Is there a " + THINGS[i] + " " + PLACES[i] + "?",
                  one(random, "Yes.", "Yes, there is.", "Yes, it can be seen.")));
        }
      }
      case LONG_CONVERSATION ->
          pairs.replaceAll(pair ->
              pair.replaceFirst(
                  "\"Answer\":\"",
                  "\"Answer\":\""
                      + ("The wind comes from the sea and moves all that is loose on the shore, so that"
                              + " cloth, grass and string lean to one side. ")
                          .repeat(6)));
      case MARKUP, SHORT_CAPTION, RHETORIC, UNFAITHFUL, NEAR_DUPLICATE ->
          throw new IllegalStateException("no fault of a sample: " + fault);
    }
  }

  /// The scene that the record's own caption has.
  private static String copied(int record) {
    String caption = caption(record, new SplittableRandom(record));
    return caption.substring(caption.indexOf("beach.") + "beach. ".length());
  }

  private static final String[] QUESTIONS = {
    "What colour is the tail of the kite?",
    "Who stands at the edge of the water?",
    "Where does the light come from?",
    "Which shape has the cloth in the air?",
    "How many walkers pass the dunes?",
    "What covers the upper part of the sky?"
  };

  private static String choice(int place, SplittableRandom random) {
    return choice(
        QUESTIONS[place], "a bow", "a bell", "the left side", "a large, dark flag", random);
  }

  private static String answer(int place, SplittableRandom random) {
    return pair(
        QUESTIONS[place],
        one(
            random,
            "It is " + one(random, COLOURS) + ".",
            "It lies " + one(random, PLACES) + ".",
            "No, nothing of the kind is there.",
            "Two of them pass from left to right.",
            "The text on the sign says so."));
  }

  /// A question of before, in nearly its words.
  private static String again(int place, SplittableRandom random) {
    String question = QUESTIONS[place];
    return pair(
        one(
            random,
            question,
            question.replace("?", " here?"),
            "And "
                + question.substring(0, 1).toLowerCase(java.util.Locale.ROOT)
                + question.substring(1)),
        "It is as before.");
  }

  private static String pair(String question, String answer) {
    return "{\"Question\":\"" + question + "\",\"Answer\":\"" + answer + "\"}";
  }

  private static String choice(
      String question, String a, String b, String c, String d, SplittableRandom random) {
    return choice(question, a, b, c, d, random.nextInt(2));
  }

  /// @param right the place of the right option
  private static String choice(String question, String a, String b, String c, String d, int right) {
    return "{\"Question\":\"%s\",\"Options\":{\"A\":\"%s\",\"B\":\"%s\",\"C\":\"%s\",\"D\":\"%s\"},\"Answer\":\"%s\"}"
        .formatted(question, a, b, c, d, "ABCD".charAt(right));
  }

  private static String one(SplittableRandom random, String... of) {
    return of[random.nextInt(of.length)];
  }
}
