package io.github.claudesessions;

/**
 * What has happened to the sessions of a {@link SessionSupervisor} since it was opened, all of them together.
 *
 * @param started processes that became ready
 * @param restarting failures after which another process was to be started
 * @param gaveUp sessions that have failed too often
 * @param hibernated processes that were ended because nobody used them
 * @param stopped sessions that are over
 * @param turnsRepeated turns that were cut off and run again
 */
public record SupervisorTotals(
        long started, long restarting, long gaveUp, long hibernated, long stopped, long turnsRepeated) {}
