/**
 * What the CLI answers when a session asks it something. Fields that this version does not know are ignored; absent
 * ones are null, false, 0 or empty. {@code ClaudeSession.control} gives any answer as a map, with every field.
 */
@NullMarked
package io.github.claudesessions.control;

import org.jspecify.annotations.NullMarked;
