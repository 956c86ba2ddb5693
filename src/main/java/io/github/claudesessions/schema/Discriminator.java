package io.github.claudesessions.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The property that tells the records of a sealed interface apart; it is {@code type} where this annotation is missing.
 * Its value is the simple name of the record. No record of the family may have a component of this name.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Discriminator {
    /** The name of the property. */
    String value();
}
