package io.github.claudesessions.internal.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Java type that is one JSON string, number or boolean.
 *
 * @param jsonType the {@code type} in the schema
 * @param format the {@code format} in the schema, or null
 * @param read makes the Java value of a string, a {@link BigDecimal} or a {@link Boolean}; may throw a {@link RuntimeException}
 */
record Scalar(String jsonType, @Nullable String format, Function<Object, Object> read) {
    private static final Map<Class<?>, Scalar> ALL = all();

    /** The scalar that {@code type} is, or null if it is none. */
    static @Nullable Scalar of(Class<?> type) {
        return ALL.get(type);
    }

    private static Map<Class<?>, Scalar> all() {
        Map<Class<?>, Scalar> all = new HashMap<>();
        all.put(String.class, text(null, text -> text));
        all.put(UUID.class, text("uuid", UUID::fromString));
        all.put(URI.class, text("uri", URI::create));
        all.put(Path.class, text(null, Path::of));
        all.put(
                Instant.class,
                text("date-time", text -> OffsetDateTime.parse(text).toInstant()));
        all.put(OffsetDateTime.class, text("date-time", OffsetDateTime::parse));
        all.put(ZonedDateTime.class, text("date-time", ZonedDateTime::parse));
        all.put(LocalDateTime.class, text(null, LocalDateTime::parse));
        all.put(LocalDate.class, text("date", LocalDate::parse));
        all.put(LocalTime.class, text(null, LocalTime::parse));
        all.put(Duration.class, text("duration", Duration::parse));
        Scalar truth = new Scalar("boolean", null, value -> (Boolean) value);
        all.put(boolean.class, truth);
        all.put(Boolean.class, truth);
        number(all, byte.class, Byte.class, "integer", BigDecimal::byteValueExact);
        number(all, short.class, Short.class, "integer", BigDecimal::shortValueExact);
        number(all, int.class, Integer.class, "integer", BigDecimal::intValueExact);
        number(all, long.class, Long.class, "integer", BigDecimal::longValueExact);
        number(all, BigInteger.class, BigInteger.class, "integer", Scalar::bigInteger);
        number(all, float.class, Float.class, "number", BigDecimal::floatValue);
        number(all, double.class, Double.class, "number", BigDecimal::doubleValue);
        number(all, BigDecimal.class, BigDecimal.class, "number", number -> number);
        return Map.copyOf(all);
    }

    /** 1e999999999 has few characters and would be a number of a gigabyte. */
    private static BigInteger bigInteger(BigDecimal number) {
        if (number.precision() - (long) number.scale() > 10_000) {
            throw new ArithmeticException("too large");
        }
        return number.toBigIntegerExact();
    }

    private static Scalar text(@Nullable String format, Function<String, Object> read) {
        return new Scalar("string", format, value -> read.apply((String) value));
    }

    private static void number(
            Map<Class<?>, Scalar> all,
            Class<?> type,
            Class<?> boxed,
            String jsonType,
            Function<BigDecimal, Object> read) {
        Scalar scalar = new Scalar(jsonType, null, value -> read.apply((BigDecimal) value));
        all.put(type, scalar);
        all.put(boxed, scalar);
    }
}
