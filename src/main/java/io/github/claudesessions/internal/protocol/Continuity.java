package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.control.Cost;
import java.time.Duration;

/**
 * What a process has to know of the conversation that it goes on with, or that will go on after it.
 *
 * @param cutTurns what callers are told of turns that the process does not survive
 * @param spent what earlier processes have spent
 * @param age how long ago the conversation was opened
 */
public record Continuity(CutTurns cutTurns, Cost spent, Duration age) {
    /** A conversation that is over when its process is. */
    public static final Continuity NONE = new Continuity(CutTurns.PLAIN, Cost.NONE, Duration.ZERO);
}
