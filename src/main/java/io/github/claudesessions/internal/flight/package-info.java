/** What goes into recordings of the JDK's Flight Recorder. */
@org.jspecify.annotations.NullMarked
package io.github.claudesessions.internal.flight;
