/**
 * Answering what MCP servers ask of the user. An
 * {@link io.github.claudesessions.elicitation.ElicitationHandler ElicitationHandler} is asked; without one every question
 * is declined.
 */
@NullMarked
package io.github.claudesessions.elicitation;

import org.jspecify.annotations.NullMarked;
