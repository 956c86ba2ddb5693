/**
 * Numbers of a supervisor for Micrometer. Needs {@code io.micrometer:micrometer-core}, which is no dependency of this
 * library otherwise.
 */
@NullMarked
package io.github.claudesessions.micrometer;

import org.jspecify.annotations.NullMarked;
