package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The skills that the model is offered and may use without a question. This is no wall: the files of a skill that is not
 * offered can still be read by tools that read files.
 */
public sealed interface Skills {
    /** Every skill that the CLI finds. */
    record All() implements Skills {}

    /**
     * These skills.
     *
     * @param names their names, those of a plugin as {@code plugin:skill}
     */
    record Only(List<String> names) implements Skills {
        /** Refuses a name that could be read as a permission rule. */
        public Only {
            names = Check.notNull("skills", names).stream().map(Only::checked).toList();
        }

        private static String checked(String name) {
            String given = Rules.argument("skill", name);
            Check.that(
                    given.chars().noneMatch(c -> "(),".indexOf(c) >= 0 || Character.isWhitespace(c)),
                    "skill must not contain parentheses, commas or white space, was \"%s\"",
                    given);
            return given;
        }
    }

    /** Every skill that the CLI finds. */
    static Skills all() {
        return new All();
    }

    /** These skills and no other. */
    static Skills only(Collection<String> names) {
        return new Only(List.copyOf(Check.notNull("skills", names)));
    }

    /** These skills and no other. */
    static Skills only(String... names) {
        return only(Arrays.asList(Check.notNull("skills", names)));
    }

    /** No skill. */
    static Skills none() {
        return new Only(List.of());
    }
}
