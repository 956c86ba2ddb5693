/** What goes into recordings of the JDK's Flight Recorder. */
@NullMarked
package io.github.claudesessions.internal.flight;

import org.jspecify.annotations.NullMarked;
