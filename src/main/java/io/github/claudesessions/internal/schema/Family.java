package io.github.claudesessions.internal.schema;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.schema.Discriminator;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The records of a sealed interface.
 *
 * @param property the property that tells them apart
 * @param members the records by its value
 */
record Family(String property, Map<String, Class<?>> members) {
    static Family of(Class<?> sealed) {
        Discriminator chosen = sealed.getAnnotation(Discriminator.class);
        Family family = new Family(chosen == null ? "type" : chosen.value(), new LinkedHashMap<>());
        family.collect(sealed);
        return family;
    }

    private void collect(Class<?> sealed) {
        for (Class<?> member : sealed.getPermittedSubclasses()) {
            if (member.isSealed()) {
                collect(member);
                continue;
            }
            String name = member.getSimpleName();
            Check.that(member.isRecord(), "%s must be a record or sealed, like all of its family", member.getName());
            Check.that(members.put(name, member) == null, "%s must be the only one of its name", name);
            Check.that(
                    Arrays.stream(member.getRecordComponents())
                            .noneMatch(component -> component.getName().equals(property)),
                    "%s must not have a component \"%s\", which tells the family apart (see @Discriminator)",
                    name,
                    property);
        }
    }
}
