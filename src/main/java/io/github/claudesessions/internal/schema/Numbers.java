package io.github.claudesessions.internal.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** JSON numbers, whatever Java type the parser gave them. */
final class Numbers {
    /** Sums and quotients of numbers further apart than this would be gigabytes of digits. */
    private static final int MAX_SCALE = 10_000;

    private Numbers() {}

    /** The number that {@code value} is, or null if it is none: not a number, not finite, or absurdly large or small. */
    static @Nullable BigDecimal of(@Nullable Object value) {
        BigDecimal number = switch (value) {
            case null -> null;
            case BigDecimal decimal -> decimal;
            case BigInteger integer -> new BigDecimal(integer);
            case Double real -> Double.isFinite(real) ? BigDecimal.valueOf(real) : null;
            case Float real -> Float.isFinite(real) ? new BigDecimal(real.toString()) : null;
            case Number integral -> BigDecimal.valueOf(integral.longValue());
            default -> null;
        };
        return number == null || Math.abs((long) number.scale()) > MAX_SCALE ? null : number;
    }

    static int sign(@Nullable Object value) {
        BigDecimal number = of(value);
        return number == null ? 0 : number.signum();
    }

    static boolean isInteger(BigDecimal number) {
        return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    }
}
