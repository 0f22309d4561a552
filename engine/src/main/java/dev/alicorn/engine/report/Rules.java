package dev.alicorn.engine.report;

import static dev.alicorn.engine.report.CaptionMeasure.*;
import static dev.alicorn.engine.report.CompositionMeasure.*;
import static dev.alicorn.engine.report.EmbeddingMeasure.*;
import static dev.alicorn.engine.report.InstructionMeasure.*;

import dev.alicorn.engine.report.Rule.Above;
import dev.alicorn.engine.report.Rule.Below;
import dev.alicorn.engine.report.Rule.Given;
import dev.alicorn.engine.report.Rule.Lacking;
import dev.alicorn.engine.report.Rule.Limits;
import dev.alicorn.engine.report.Rule.Off;
import java.util.List;

/// The rules that verdicts follow from.
///
/// The limits are ours: they are set between what was published and what the failures look like
/// that the rules are about.
final class Rules {
  private static final double NEVER = Double.POSITIVE_INFINITY;

  static final List<Rule> ALL =
      List.of(
          rule(
              CAPTION_COUNT,
              new Below(1000, 1),
              "figures of so few captions are rough, and a training needs many more"),
          rule(
              WORDS_MEAN,
              new Below(80, 25),
              "short captions hold too little to learn from; ask for more in the caption's prompt or raise caption.max_tokens"),
          rule(
              WORDS_MEAN,
              new Above(250, 600),
              "long captions wander off and are cut by encoders; ask for less in the caption's prompt"),
          rule(
              TRUNCATED,
              new Above(0.05, 0.5),
              "the vectors know nothing of the end of these captions; take an encoder that reads more tokens, or ask for shorter captions"),
          rule(
              TTR,
              new Below(0.55, 0.35),
              "the captions repeat themselves; take a better model or another temperature"),
          rule(
              ENTROPY,
              new Below(5, 3.5),
              "the captions use few words; take a better model or a higher temperature"),
          rule(
              EXACT_DUPLICATES,
              new Above(0.001, 0.05),
              "a copy is paid for and teaches nothing; drop repeated seeds or raise the temperature"),
          rule(
              NEAR_DUPLICATES,
              new Above(0.02, 0.2),
              "the captions are variations of few; take more different seeds, or replay with filters.near_duplicate.action = reject"),
          rule(
              RHETORIC,
              new Above(0.25, 0.75),
              "a model learns to praise what it does not see; replay with filters.rhetoric.action = reject, or take a model that keeps to the prompt"),
          rule(
              FAITHFULNESS,
              new Below(0.6, 0.3),
              "the captions are about something else than their seeds; replay with filters.unfaithful.action = reject, or take a better model"),
          rule(
              INVENTED_NUMERALS,
              new Above(0.15, 0.5),
              "numbers that nobody gave teach a model to invent; replay with filters.invented_numerals.action = reject"),
          rule(
              PAIRS_MEAN,
              new Below(5.5, 2),
              "conversations are shorter than they were asked for; take a better model or more tokens for a reply"),
          rule(
              LETTER_SKEW,
              new Above(0.05, 0.2),
              List.of(Given.atMost(LETTER_P, 0.01)),
              "a model learns the letter instead of the image; replay with filters.option_order = shuffled"),
          rule(
              LONGEST_RIGHT,
              new Above(0.4, 0.6),
              List.of(Given.atLeast(CHOICE_COUNT, 100)),
              "a model learns to take the longest option; replay with filters.longest_option.action = reject"),
          rule(
              FOUR_DISTINCT,
              new Below(0.99, 0.9),
              "questions have missing or repeated options; replay with filters.same_options.action = reject, or take a better model"),
          rule(
              LEAKAGE,
              new Above(0.01, 0.1),
              "a model learns to speak of a text that users will not have; replay with filters.leakage.action = reject"),
          rule(
              YES,
              new Off(0.5, 0.2, 0.4),
              List.of(Given.atLeast(YES_NO, 0.02), Given.atLeast(PAIR_COUNT, 1000)),
              "a model learns one answer; replay with filters.yes_surplus.action = reject, or ask for both in the task's prompt"),
          rule(
              VERBATIM,
              new Above(0.02, 0.2),
              "answers are copied instead of reasoned; replay with filters.verbatim_copy.action = reject"),
          rule(
              IMAGE_TOWER,
              new Lacking(),
              "no image can be encoded into this space, so a model trained on these vectors cannot see; take an encoder of a shared text-image space"),
          rule(
              RANK,
              new Below(20, 5),
              "captions differ in few directions, so a model can tell few apart; look for duplicates and for the wrong pooling in the encoder"),
          rule(
              ANISOTROPY,
              new Above(100, 300),
              "one direction outweighs all others; look whether the transfer was left out"),
          rule(
              PHI,
              new Below(0.5, 0.2),
              "the transfer left little of the embeddings; take less noise or another method"),
          rule(
              OMEGA,
              new Below(0.6, 0.2),
              "the transfer changed what is near what; take less noise or another method"),
          rule(
              GAP,
              new Above(0.1, 0.5),
              "the captions are not where images are; take the method re-align"),
          rule(
              CAPTIONS_LOST,
              new Above(0.1, 0.5),
              "much of what was paid for came to nothing; the manifest's outcomes say why"),
          rule(
              SAMPLES_LOST,
              new Above(0.1, 0.5),
              "much of what was paid for came to nothing; the manifest's outcomes say why"),
          rule(
              UNREADABLE,
              new Above(0, NEVER),
              "the folder is damaged or was changed; run ./alicorn validate, which names each row"));

  private Rules() {}

  static List<Rule> of(Group group) {
    return ALL.stream().filter(rule -> rule.measure().group() == group).toList();
  }

  private static Rule rule(Measure measure, Limits limits, String sentence) {
    return rule(measure, limits, List.of(), sentence);
  }

  private static Rule rule(Measure measure, Limits limits, List<Given> given, String sentence) {
    return new Rule(measure, limits, given, sentence);
  }
}
