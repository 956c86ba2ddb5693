/** The only package that configures the JSON library. */
@NullMarked
package io.github.claudesessions.internal.json;

import org.jspecify.annotations.NullMarked;
