package dev.jtask.protocol.json;

import java.math.BigDecimal;
import java.math.MathContext;

/// Doubles as Python prints them, which uses an exponent only below 1e-4 and from 1e16 on.
final class PyFloat {

    private static final MathContext ONE_DIGIT = new MathContext(1);

    private PyFloat() {}

    static String repr(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        var sign = Math.copySign(1, value) < 0 ? "-" : "";
        if (Double.isInfinite(value)) {
            return sign + "inf";
        }
        return sign + (value == 0 ? "0.0" : positive(new BigDecimal(Double.toString(Math.abs(value)))));
    }

    private static String positive(BigDecimal value) {
        // Java writes at least two digits, Python one where one is enough: 5e-324.
        var single = value.round(ONE_DIGIT);
        var stripped = (single.doubleValue() == value.doubleValue() ? single : value).stripTrailingZeros();
        var digits = stripped.unscaledValue().toString();
        int point = digits.length() - stripped.scale();
        if (point > 16 || point < -3) {
            return exponential(digits, point - 1);
        }
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        return point >= digits.length()
                ? digits + "0".repeat(point - digits.length()) + ".0"
                : digits.substring(0, point) + "." + digits.substring(point);
    }

    private static String exponential(String digits, int exponent) {
        var fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return "%c%se%s%02d".formatted(digits.charAt(0), fraction, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
