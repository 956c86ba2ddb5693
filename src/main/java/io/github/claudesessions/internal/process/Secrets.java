package io.github.claudesessions.internal.process;

import io.github.claudesessions.internal.json.Json;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The values that must not appear in an error: those of an environment that sound secret, and further ones. */
public final class Secrets {
    private static final Pattern NAME =
            Pattern.compile("(?i).*(KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|AUTHORIZATION|HEADERS).*");
    private static final int SHORTEST = 6;

    private final List<String> values;

    public Secrets(Map<String, String> environment, Collection<String> more) {
        Stream<String> variables = environment.entrySet().stream()
                .filter(entry -> NAME.matcher(entry.getKey()).matches())
                .map(Map.Entry::getValue);
        values = Stream.concat(variables, more.stream())
                .flatMap(value -> Stream.of(value, inJson(value)))
                .distinct()
                .filter(value -> value.length() >= SHORTEST)
                .sorted(Comparator.comparingInt(String::length).reversed()) // one may be a part of another
                .toList();
    }

    /** As it is within a quoted line of the wire. */
    private static String inJson(String value) {
        String quoted = Json.text(value);
        return quoted.substring(1, quoted.length() - 1);
    }

    public String mask(String text) {
        String masked = text;
        for (String value : values) {
            masked = masked.replace(value, "***");
        }
        return masked;
    }
}
