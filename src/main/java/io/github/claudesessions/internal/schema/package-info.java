/** JSON Schema: made from Java types, checked against values, and values bound to the types and back. */
@NullMarked
package io.github.claudesessions.internal.schema;

import org.jspecify.annotations.NullMarked;
