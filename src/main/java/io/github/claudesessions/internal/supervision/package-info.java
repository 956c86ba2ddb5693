/** Conversations that outlive their processes, and the rules by which processes come and go. */
@org.jspecify.annotations.NullMarked
package io.github.claudesessions.internal.supervision;
