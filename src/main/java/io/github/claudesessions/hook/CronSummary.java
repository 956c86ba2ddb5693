package io.github.claudesessions.hook;

/**
 * A prompt that is scheduled.
 *
 * @param id its id
 * @param schedule when
 * @param recurring whether more than once
 * @param prompt the text
 */
public record CronSummary(String id, String schedule, boolean recurring, String prompt) {}
