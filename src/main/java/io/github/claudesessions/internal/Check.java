package io.github.claudesessions.internal;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Argument checks whose messages give the name, the rule and the value. */
public final class Check {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Check() {}

    @FormatMethod
    public static void that(boolean condition, @FormatString String message, @Nullable Object... args) {
        if (!condition) {
            throw new IllegalArgumentException(message.formatted(args));
        }
    }

    /** Returns {@code value} if it is not null. */
    public static <T> T notNull(String name, @Nullable T value) {
        if (value == null) {
            throw new NullPointerException(name + " must not be null");
        }
        return value;
    }

    /** Returns {@code value} if it has a character that is not white space. */
    public static String notBlank(String name, @Nullable String value) {
        String given = notNull(name, value);
        that(!given.isBlank(), "%s must not be blank, was \"%s\"", name, given);
        return given;
    }

    public static Duration positive(String name, @Nullable Duration value) {
        Duration given = notNull(name, value);
        that(given.isPositive(), "%s must be positive, was %s", name, given);
        return given;
    }

    public static Duration notNegative(String name, @Nullable Duration value) {
        Duration given = notNull(name, value);
        that(!given.isNegative(), "%s must not be negative, was %s", name, given);
        return given;
    }

    public static int atLeast(String name, int min, int value) {
        that(value >= min, "%s must be at least %d, was %d", name, min, value);
        return value;
    }

    /** Returns {@code value} in lower case if it is a UUID in its canonical form. */
    public static String uuid(String name, @Nullable String value) {
        String given = notNull(name, value);
        that(isUuid(given), "%s must be a UUID such as 6f1c2f0e-0000-4000-8000-000000000000, was \"%s\"", name, given);
        return given.toLowerCase(Locale.ROOT);
    }

    public static boolean isUuid(String value) {
        return UUID.matcher(value).matches();
    }
}
