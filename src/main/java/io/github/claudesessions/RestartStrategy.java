package io.github.claudesessions;

/**
 * Which sessions a {@link SessionSupervisor} restarts when one has failed. Only the one that failed is charged with a
 * restart; the others get their process replaced in an orderly way, and go on with their conversations.
 */
public enum RestartStrategy {
    /** That one. The default: sessions do not depend on each other. */
    ONE_FOR_ONE,

    /** All that have a process. */
    ONE_FOR_ALL,

    /** That one, and those of the later added ones that have a process. */
    REST_FOR_ONE;

    boolean restarts(long failed, long other) {
        return switch (this) {
            case ONE_FOR_ONE -> false;
            case ONE_FOR_ALL -> true;
            case REST_FOR_ONE -> other > failed;
        };
    }
}
