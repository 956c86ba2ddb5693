/** Child processes, their pipes, and what is left of them. */
@NullMarked
package io.github.claudesessions.internal.process;

import org.jspecify.annotations.NullMarked;
