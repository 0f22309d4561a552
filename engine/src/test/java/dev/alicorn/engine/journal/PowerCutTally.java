package dev.alicorn.engine.journal;

import java.util.ArrayList;
import java.util.List;

/// What came of simulated power cuts.
///
/// @param images folders as power cuts left them
/// @param incarnations openings that were recorded
/// @param acknowledged facts that the images owed, all together
/// @param lost of these, facts that could not be read
/// @param falsified facts that were read and are not what was appended
/// @param silentStops images whose reading ended before an acknowledged fact, without a word
/// @param refused images that were called corrupt, or could not be opened or gone on with
/// @param tornTails images with a tail that opening cut off
/// @param kills folders as killed processes left them, with the power cut later
/// @param lies what came of images behind a barrier that lied; counted apart from all above
/// @param violations broken promises, a sentence each
public record PowerCutTally(
    long images,
    long incarnations,
    long acknowledged,
    long lost,
    long falsified,
    long silentStops,
    long refused,
    long tornTails,
    long kills,
    Lies lies,
    List<String> violations) {
  public static final PowerCutTally NONE =
      new PowerCutTally(0, 0, 0, 0, 0, 0, 0, 0, 0, Lies.NONE, List.of());

  public PowerCutTally {
    violations = List.copyOf(violations);
  }

  /// What came of images behind a barrier that lied.
  ///
  /// @param harmless every acknowledged fact was there
  /// @param detected called corrupt
  /// @param unknowable facts were lost and nothing on the disk knew that they had been durable
  /// @param undetected facts were lost or falsified without a word, though something knew
  public record Lies(long harmless, long detected, long unknowable, long undetected) {
    static final Lies NONE = new Lies(0, 0, 0, 0);

    public long images() {
      return harmless + detected + unknowable + undetected;
    }

    private Lies plus(Lies other) {
      return new Lies(
          harmless + other.harmless,
          detected + other.detected,
          unknowable + other.unknowable,
          undetected + other.undetected);
    }
  }

  public PowerCutTally plus(PowerCutTally other) {
    List<String> all = new ArrayList<>(violations);
    all.addAll(other.violations);
    return new PowerCutTally(
        images + other.images,
        incarnations + other.incarnations,
        acknowledged + other.acknowledged,
        lost + other.lost,
        falsified + other.falsified,
        silentStops + other.silentStops,
        refused + other.refused,
        tornTails + other.tornTails,
        kills + other.kills,
        lies.plus(other.lies),
        all);
  }
}
