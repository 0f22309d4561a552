package dev.alicorn.engine.transfer;

/// The quantile function of the standard normal distribution, to about 16 digits.
///
/// Algorithm AS 241, PPND16 (Wichura, "The Percentage Points of the Normal Distribution", Applied
/// Statistics 37, 1988): a rational function in the middle, two of `sqrt(-ln p)` in the tails. The
/// logarithm is StrictMath's, so that the bits are the same on every machine.
final class NormalQuantile {
  private static final double[] MIDDLE_OVER = {
    2509.0809287301227,
    33430.57558358813,
    67265.7709270087,
    45921.95393154987,
    13731.69376550946,
    1971.5909503065513,
    133.14166789178438,
    3.3871328727963665
  };
  private static final double[] MIDDLE_UNDER = {
    5226.495278852854,
    28729.085735721943,
    39307.89580009271,
    21213.794301586597,
    5394.196021424751,
    687.1870074920579,
    42.31333070160091,
    1.0
  };
  private static final double[] TAIL_OVER = {
    0.0007745450142783414,
    0.022723844989269184,
    0.2417807251774506,
    1.2704582524523684,
    3.6478483247632045,
    5.769497221460691,
    4.630337846156546,
    1.4234371107496835
  };
  private static final double[] TAIL_UNDER = {
    1.0507500716444169E-9,
    0.0005475938084995345,
    0.015198666563616457,
    0.14810397642748008,
    0.6897673349851,
    1.6763848301838038,
    2.053191626637759,
    1.0
  };
  private static final double[] FAR_OVER = {
    2.0103343992922881E-7,
    2.7115555687434876E-5,
    0.0012426609473880784,
    0.026532189526576124,
    0.29656057182850487,
    1.7848265399172913,
    5.463784911164114,
    6.657904643501103
  };
  private static final double[] FAR_UNDER = {
    2.0442631033899397E-15,
    1.421511758316446E-7,
    1.8463183175100548E-5,
    0.0007868691311456133,
    0.014875361290850615,
    0.1369298809227358,
    0.599832206555888,
    1.0
  };

  private NormalQuantile() {}

  /// The z that a standard normal variable stays below with probability p.
  ///
  /// @param p above 0 and below 1
  static double of(double p) {
    double q = p - 0.5;
    if (Math.abs(q) <= 0.425) {
      double r = 0.180625 - q * q;
      return polynomial(MIDDLE_OVER, r) * q / polynomial(MIDDLE_UNDER, r);
    }
    double r = Math.sqrt(-StrictMath.log(q <= 0 ? p : 1 - p));
    double z =
        r <= 5
            ? polynomial(TAIL_OVER, r - 1.6) / polynomial(TAIL_UNDER, r - 1.6)
            : polynomial(FAR_OVER, r - 5) / polynomial(FAR_UNDER, r - 5);
    return q < 0 ? -z : z;
  }

  private static double polynomial(double[] coefficients, double x) {
    double sum = 0;
    for (double coefficient : coefficients) {
      sum = sum * x + coefficient;
    }
    return sum;
  }
}
