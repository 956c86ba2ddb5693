/** Bytes to lines, lines to typed messages. */
@NullMarked
package io.github.claudesessions.internal.codec;

import org.jspecify.annotations.NullMarked;
