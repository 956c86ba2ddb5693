/** Helpers that every package may use. */
@NullMarked
package io.github.claudesessions.internal;

import org.jspecify.annotations.NullMarked;
