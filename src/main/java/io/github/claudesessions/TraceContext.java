package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import java.util.regex.Pattern;

/**
 * The trace that a session is part of, in the form of the W3C recommendation Trace Context. The CLI gets it as
 * {@code TRACEPARENT} and {@code TRACESTATE}.
 *
 * @param traceparent version, trace id, parent id and flags, such as
 *     {@code 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01}
 * @param tracestate what the tracing system adds, empty for nothing
 */
public record TraceContext(String traceparent, String tracestate) {
    private static final Pattern PARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    /** Refuses a parent of another form, and a state that is not of visible ASCII characters and spaces. */
    public TraceContext {
        Check.that(
                PARENT.matcher(Check.notNull("traceparent", traceparent)).matches(),
                "traceparent must be version-traceid-parentid-flags in hexadecimal, was \"%s\"",
                traceparent);
        Check.that(
                Check.notNull("tracestate", tracestate).chars().allMatch(c -> c >= ' ' && c < 0x7f),
                "tracestate must be of visible ASCII characters and spaces, was of %d characters",
                tracestate.length());
    }

    /** A trace without further state. */
    public static TraceContext of(String traceparent) {
        return new TraceContext(traceparent, "");
    }
}
