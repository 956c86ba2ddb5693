package io.github.claudesessions.internal.process;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The values of an environment that must not appear in an error. */
final class Secrets {
    private static final Pattern NAME =
            Pattern.compile("(?i).*(KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|AUTHORIZATION|HEADERS).*");
    private static final int SHORTEST = 6;

    private final List<String> values;

    Secrets(Map<String, String> environment) {
        values = environment.entrySet().stream()
                .filter(entry -> NAME.matcher(entry.getKey()).matches())
                .map(Map.Entry::getValue)
                .filter(value -> value.length() >= SHORTEST)
                .sorted(Comparator.comparingInt(String::length).reversed()) // one may be a part of another
                .toList();
    }

    String mask(String text) {
        String masked = text;
        for (String value : values) {
            masked = masked.replace(value, "***");
        }
        return masked;
    }
}
