package io.github.claudesessions.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a record component is when its property is absent. The property is then not required. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface DefaultValue {
    /** The value: as it is for a type that is a string in JSON, else JSON, such as {@code 10} or {@code ["a"]}. */
    String value();
}
