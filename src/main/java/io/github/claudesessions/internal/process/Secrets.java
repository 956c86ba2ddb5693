package io.github.claudesessions.internal.process;

import io.github.claudesessions.internal.json.Json;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The values that must not appear in an error. Thread-safe. */
public final class Secrets {
    private static final Pattern NAME =
            Pattern.compile("(?i).*(KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|AUTHORIZATION|HEADERS).*");
    private static final int SHORTEST = 6;

    private final Set<String> values = ConcurrentHashMap.newKeySet();

    /** None, for a start. */
    public Secrets() {}

    /** The values of an environment that sound secret. */
    public Secrets(Map<String, String> environment) {
        environment.forEach((name, value) -> {
            if (NAME.matcher(name).matches()) {
                add(List.of(value));
            }
        });
    }

    /** Adds values; those that are too short to be told from other text are left out. */
    public void add(Collection<String> more) {
        more.stream()
                .flatMap(value -> Stream.of(value, inJson(value)))
                .filter(value -> value.length() >= SHORTEST)
                .forEach(values::add);
    }

    /** As it is within a quoted line of the wire. */
    private static String inJson(String value) {
        String quoted = Json.text(value);
        return quoted.substring(1, quoted.length() - 1);
    }

    /** The text with {@code ***} instead of each. */
    public String mask(String text) {
        String masked = text;
        for (String value : longestFirst()) {
            masked = masked.replace(value, "***");
        }
        return masked;
    }

    /** One may be a part of another. */
    private List<String> longestFirst() {
        return values.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }
}
