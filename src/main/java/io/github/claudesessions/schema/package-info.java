/**
 * How the JSON Schema of a tool's input or of structured output is made from a record.
 *
 * <p><b>From Java types.</b> A record is an object without further properties; its components are the properties, in
 * their order and by their names, and are required unless they are an {@code Optional}, are annotated {@code @Nullable}
 * (any annotation of that name) or have a {@link io.github.claudesessions.schema.DefaultValue}. An absent component is
 * the default, an empty {@code Optional}, or null. Types: {@code String}, {@code boolean}, the integral and floating
 * types and their boxes, {@code BigInteger}, {@code BigDecimal}, enums (by the names of their constants), {@code UUID},
 * {@code URI}, {@code Path}, {@code Instant}, {@code OffsetDateTime}, {@code ZonedDateTime}, {@code LocalDateTime},
 * {@code LocalDate}, {@code LocalTime}, {@code Duration}, {@code Optional} and its primitive forms, {@code List},
 * {@code Collection}, {@code Set}, {@code Map} with keys of {@code String}, {@code Object} (any JSON), other records,
 * and sealed interfaces of records, told apart by {@link io.github.claudesessions.schema.Discriminator}. A type that
 * contains itself, a generic record and any other type are refused, with the path of the component. Records of a named
 * module must be in a package that is open to {@code io.github.claudesessions}. Annotations of JSON libraries have no
 * effect.
 *
 * <p><b>Written by hand.</b> These keywords of JSON Schema are understood and enforced: {@code type}, {@code enum},
 * {@code const}, {@code properties}, {@code required}, {@code additionalProperties}, {@code minProperties},
 * {@code maxProperties}, {@code items}, {@code minItems}, {@code maxItems}, {@code uniqueItems}, {@code minimum},
 * {@code maximum}, {@code exclusiveMinimum}, {@code exclusiveMaximum}, {@code multipleOf}, {@code minLength},
 * {@code maxLength}, {@code pattern} (as a Java regular expression), {@code anyOf}, {@code oneOf}, {@code allOf},
 * {@code not}, {@code $defs} and {@code definitions}, and {@code $ref} within the document. Keywords that only inform
 * ({@code title}, {@code description}, {@code default}, {@code examples}, {@code format}, {@code $schema},
 * {@code $id}, {@code $comment}, {@code deprecated}, {@code readOnly}, {@code writeOnly}) are passed on and not
 * enforced. Any other keyword is refused, since it would be silently without effect.
 */
@NullMarked
package io.github.claudesessions.schema;

import org.jspecify.annotations.NullMarked;
