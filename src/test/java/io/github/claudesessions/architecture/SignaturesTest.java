package io.github.claudesessions.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users can name: only types of the JDK and of the exported packages. So the JSON library stays replaceable. */
@Timeout(60)
class SignaturesTest {
    private final Set<String> exported = Project.exportedPackages();

    @Test
    void exportedSignaturesNameOnlyTheJdkAndExportedTypes() {
        Set<Class<?>> api = Project.load(Project.CLASSES).stream()
                .filter(this::isVisible)
                .flatMap(this::withHiddenSuperclasses)
                .collect(Collectors.toSet());
        assertThat(api).hasSizeGreaterThan(100);
        Set<String> foreign = new TreeSet<>();
        for (Class<?> type : api) {
            signatures(type).forEach(signature -> {
                Set<Class<?>> named = new HashSet<>();
                signature.types().forEach(part -> collect(part, named, new HashSet<>()));
                named.stream()
                        .filter(name -> !isAllowed(name) && !isOfTheMcpSdk(type, name) && !isOfMicrometer(type, name))
                        .forEach(name -> foreign.add(signature.where() + " names " + name.getName()));
            });
        }
        assertThat(foreign).isEmpty();
    }

    /** The public methods of a package-private superclass are its public subclass's. */
    private Stream<Class<?>> withHiddenSuperclasses(Class<?> type) {
        return Stream.concat(
                Stream.of(type),
                Stream.<Class<?>>iterate(type.getSuperclass(), this::isHiddenSuperclass, Class::getSuperclass));
    }

    private boolean isHiddenSuperclass(@Nullable Class<?> type) {
        return type != null && exported.contains(type.getPackageName()) && !isVisible(type);
    }

    /** Jackson's annotations on a wire record would be a contract too. */
    @Test
    void exportedTypesCarryNoAnnotationOfTheJsonLibrary() {
        Set<String> found = new TreeSet<>();
        for (Class<?> type : Project.load(Project.CLASSES)) {
            if (isVisible(type)) {
                Stream.of(
                                Stream.<AnnotatedElement>of(type),
                                Stream.<AnnotatedElement>of(type.getDeclaredFields()),
                                Stream.<AnnotatedElement>of(type.getDeclaredMethods()),
                                Stream.<AnnotatedElement>of(type.getDeclaredConstructors()))
                        .flatMap(elements -> elements)
                        .flatMap(element -> Arrays.stream(element.getAnnotations()))
                        .map(annotation -> annotation.annotationType().getName())
                        .filter(name -> name.startsWith("com.fasterxml."))
                        .forEach(name -> found.add(type.getName() + " carries " + name));
            }
        }
        assertThat(found).isEmpty();
    }

    private record Signature(String where, List<Type> types) {}

    private List<Signature> signatures(Class<?> type) {
        List<Signature> found = new ArrayList<>();
        List<Type> head = new ArrayList<>(List.of(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null && !isHiddenSuperclass(type.getSuperclass())) {
            head.add(type.getGenericSuperclass());
        }
        head.addAll(bounds(type));
        found.add(new Signature(type.getName(), head));
        for (Field field : type.getDeclaredFields()) {
            if (isApi(field.getModifiers())) {
                found.add(new Signature(type.getName() + "." + field.getName(), List.of(field.getGenericType())));
            }
        }
        Stream.of(type.getDeclaredConstructors()).forEach(constructor -> addExecutable(constructor, found));
        Stream.of(type.getDeclaredMethods()).forEach(method -> addExecutable(method, found));
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                found.add(
                        new Signature(type.getName() + "." + component.getName(), List.of(component.getGenericType())));
            }
        }
        return found;
    }

    private static void addExecutable(Executable executable, List<Signature> found) {
        if (!isApi(executable.getModifiers()) || executable.isSynthetic()) {
            return;
        }
        List<Type> types = new ArrayList<>(List.of(executable.getGenericParameterTypes()));
        types.addAll(List.of(executable.getGenericExceptionTypes()));
        types.addAll(bounds(executable));
        if (executable instanceof Method method) {
            types.add(method.getGenericReturnType());
        }
        found.add(new Signature(executable.toString(), types));
    }

    private static List<Type> bounds(GenericDeclaration declaration) {
        return Stream.of(declaration.getTypeParameters())
                .flatMap(parameter -> Stream.of(parameter.getBounds()))
                .toList();
    }

    private static void collect(Type type, Set<Class<?>> named, Set<Type> seen) {
        if (!seen.add(type)) {
            return;
        }
        for (Type part : parts(type)) {
            collect(part, named, seen);
        }
        if (type instanceof Class<?> plain && !plain.isArray()) {
            named.add(plain);
        }
    }

    private static List<Type> parts(Type type) {
        return switch (type) {
            case Class<?> plain -> plain.isArray() ? List.of(plain.getComponentType()) : List.of();
            case ParameterizedType generic -> plus(generic.getActualTypeArguments(), generic.getRawType());
            case GenericArrayType array -> List.of(array.getGenericComponentType());
            case WildcardType wildcard -> plus(wildcard.getUpperBounds(), wildcard.getLowerBounds());
            case TypeVariable<?> variable -> List.of(variable.getBounds());
            default -> throw new IllegalStateException("a kind of type this test does not know: " + type);
        };
    }

    private static List<Type> plus(Type[] some, Type... more) {
        return Stream.of(some, more).flatMap(Stream::of).toList();
    }

    private boolean isAllowed(Class<?> type) {
        return type.isPrimitive()
                || type.getName().startsWith("java.")
                || (type.getName().startsWith(Project.ROOT) && isVisible(type));
    }

    /** One package is there to meet the optional SDK, and is used by nobody who does not have it. */
    private static boolean isOfTheMcpSdk(Class<?> where, Class<?> type) {
        return where.getPackageName().equals(Project.ROOT + ".mcp")
                && (type.getName().startsWith("io.modelcontextprotocol.")
                        || type.getName().equals("reactor.core.publisher.Mono"));
    }

    /** As the one before. */
    private static boolean isOfMicrometer(Class<?> where, Class<?> type) {
        return where.getPackageName().equals(Project.ROOT + ".micrometer")
                && type.getName().startsWith("io.micrometer.core.instrument.");
    }

    private boolean isVisible(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getEnclosingClass()) {
            if (!isApi(at.getModifiers())) {
                return false;
            }
        }
        return exported.contains(type.getPackageName());
    }

    private static boolean isApi(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}
