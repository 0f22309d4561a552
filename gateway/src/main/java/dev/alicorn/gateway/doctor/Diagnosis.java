package dev.alicorn.gateway.doctor;

/// What came of a check.
///
/// @param sentence what was found and, where something is wrong, the mend behind a semicolon
public record Diagnosis(Verdict verdict, String sentence) {

  static Diagnosis ok(String sentence) {
    return new Diagnosis(Verdict.OK, sentence);
  }

  static Diagnosis warn(String sentence) {
    return new Diagnosis(Verdict.WARN, sentence);
  }

  static Diagnosis fail(String sentence) {
    return new Diagnosis(Verdict.FAIL, sentence);
  }

  static Diagnosis none(String sentence) {
    return new Diagnosis(Verdict.NONE, sentence);
  }
}
