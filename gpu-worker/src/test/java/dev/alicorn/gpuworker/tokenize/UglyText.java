package dev.alicorn.gpuworker.tokenize;

import java.util.List;
import java.util.random.RandomGenerator;

/// A generator of text that breaks tokenizers: scripts mixed inside words, marks, controls, runs.
final class UglyText {
  /// Code point ranges, both ends included, all assigned since Unicode 8: the oracle knows no later
  /// one.
  private static final List<int[]> RANGES =
      List.of(
          new int[] {'a', 'z'},
          new int[] {'A', 'Z'},
          new int[] {'!', '@'},
          new int[] {0x00, 0x20},
          new int[] {0x7F, 0xA0},
          new int[] {0xA1, 0x17F},
          new int[] {0x180, 0x24F},
          new int[] {0x300, 0x36F},
          new int[] {0x391, 0x3A1},
          new int[] {0x3A3, 0x3C9},
          new int[] {0x400, 0x4FF},
          new int[] {0x5D0, 0x5EA},
          new int[] {0x610, 0x61A},
          new int[] {0x620, 0x64F},
          new int[] {0x904, 0x939},
          new int[] {0xE01, 0xE2E},
          new int[] {0x1E00, 0x1EFF},
          new int[] {0x2000, 0x206F - 10},
          new int[] {0x20A0, 0x20BE},
          new int[] {0x2190, 0x21FF},
          new int[] {0x3000, 0x303F},
          new int[] {0x3041, 0x3096},
          new int[] {0x30A1, 0x30FA},
          new int[] {0x4E00, 0x9FA5},
          new int[] {0x3400, 0x4DB5},
          new int[] {0xAC00, 0xD7A3},
          new int[] {0xE000, 0xE0FF},
          new int[] {0xF900, 0xFA6D},
          new int[] {0xFB00, 0xFB06},
          new int[] {0xFE00, 0xFE0F},
          new int[] {0xFF01, 0xFF5E},
          new int[] {0xFFF9, 0xFFFD},
          new int[] {0x1D400, 0x1D454},
          new int[] {0x1F1E6, 0x1F1FF},
          new int[] {0x1F300, 0x1F579},
          new int[] {0x1F600, 0x1F64F},
          new int[] {0x20000, 0x2A6D6},
          new int[] {0x2B820, 0x2CEA1},
          new int[] {0x2F800, 0x2FA1D},
          new int[] {0xE0020, 0xE007F});

  private static final List<String> WORDS =
      List.of(
          "photograph",
          "unbelievably",
          "antidisestablishmentarianism",
          "Straße",
          "naïve",
          "İstanbul",
          "ΟΔΟΣ",
          "e\u0301",
          "don't",
          "1,234.56",
          "x2y",
          "👩‍👩‍👧‍👦",
          "🏳️‍🌈",
          "##ing",
          "\u200Bzero",
          "\uFEFFbom",
          "\u202Eevil\u202C",
          "ﬁsh",
          "Ǆ",
          "中文",
          "ไทย",
          "[MASKED",
          "a".repeat(99),
          "b".repeat(100),
          "c".repeat(101),
          "é".repeat(100),
          "😀".repeat(101),
          "supercali".repeat(30));

  private UglyText() {}

  static String next(RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    int parts = 1 + random.nextInt(random.nextInt(20) == 0 ? 400 : 12);
    for (int part = 0; part < parts; part++) {
      if (random.nextInt(3) == 0) {
        text.append(WORDS.get(random.nextInt(WORDS.size())));
      } else {
        int[] range = RANGES.get(random.nextInt(RANGES.size()));
        int length = 1 + random.nextInt(6);
        for (int i = 0; i < length; i++) {
          text.appendCodePoint(random.nextInt(range[0], range[1] + 1));
        }
      }
      if (random.nextInt(3) > 0) {
        text.append(' ');
      }
    }
    return text.toString();
  }
}
