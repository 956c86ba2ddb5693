/** What a session says: sealed, typed messages and content blocks, each with an {@code Unknown} leaf and its raw JSON. */
@NullMarked
package io.github.claudesessions.message;

import org.jspecify.annotations.NullMarked;
