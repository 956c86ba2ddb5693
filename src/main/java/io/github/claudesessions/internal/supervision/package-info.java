/** Conversations that outlive their processes, and the rules by which processes come and go. */
@NullMarked
package io.github.claudesessions.internal.supervision;

import org.jspecify.annotations.NullMarked;
