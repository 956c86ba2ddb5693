package io.github.claudesessions;

/** When a {@linkplain ClaudeSession#send sent} prompt gets its turn. */
public enum SendPriority {
    /** At once: the turn that is under way is cut off, and its result is what it has said so far. */
    NOW("now"),
    /** After the turn that is under way, before what waits with {@link #LATER}. */
    NEXT("next"),
    /** After everything else that waits. */
    LATER("later");

    private final String wire;

    SendPriority(String wire) {
        this.wire = wire;
    }

    String wire() {
        return wire;
    }
}
