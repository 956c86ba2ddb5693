package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@link Doctor} found.
 *
 * @param checks the checks, in order
 */
public record DoctorReport(List<Finding> checks) {
    /** How a check came out. */
    public enum Status {
        /** As it should be. */
        OK,
        /** Sessions run, but something may surprise. */
        WARNING,
        /** Sessions can't run. */
        FAILED
    }

    /**
     * One check.
     *
     * @param name what was looked at, such as {@code cli version}; the same in every report
     * @param status how it came out
     * @param value what was found; never a secret
     * @param advice what to do about it; empty if there is nothing to do
     */
    public record Finding(String name, Status status, String value, String advice) {
        /** Checks that nothing is null. */
        public Finding {
            Check.notBlank("name", name);
            Check.notNull("status", status);
            Check.notNull("value", value);
            Check.notNull("advice", advice);
        }
    }

    /** Copies the checks. */
    public DoctorReport {
        checks = List.copyOf(checks);
    }

    /** Whether no check failed. */
    public boolean ok() {
        return checks.stream().noneMatch(check -> check.status() == Status.FAILED);
    }

    /** The check of that name. */
    public Optional<Finding> check(String name) {
        Check.notNull("name", name);
        return checks.stream().filter(check -> check.name().equals(name)).findFirst();
    }

    /** The report for people: a line for each check, in columns, and below it the advice, if there is any. */
    public String text() {
        int width =
                checks.stream().mapToInt(check -> check.name().length()).max().orElse(0);
        return checks.stream().map(check -> line(check, width)).collect(Collectors.joining());
    }

    private static String line(Finding check, int width) {
        String status = check.status().name().toLowerCase(Locale.ROOT);
        String first = String.format(
                Locale.ROOT, "%-7s  %-" + Math.max(1, width) + "s  %s", status, check.name(), oneLine(check.value()));
        String advice = check.advice().isEmpty() ? "" : " ".repeat(width + 11) + "-> " + oneLine(check.advice()) + "\n";
        return first.stripTrailing() + "\n" + advice;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
