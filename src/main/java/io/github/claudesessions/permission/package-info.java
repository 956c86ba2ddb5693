/**
 * Deciding about tool calls. A {@link io.github.claudesessions.permission.PermissionHandler PermissionHandler} is asked
 * about each call that no rule of the CLI decides; a
 * {@link io.github.claudesessions.permission.PermissionPolicy PermissionPolicy} is one made of rules.
 */
@NullMarked
package io.github.claudesessions.permission;

import org.jspecify.annotations.NullMarked;
