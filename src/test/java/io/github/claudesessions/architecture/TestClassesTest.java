package io.github.claudesessions.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** What is asked of every test: an end, and to be run. What can't run on a system is left out there by its tag. */
@Timeout(60)
class TestClassesTest {
    private static final Set<String> TAGS = Set.of("unix", "long");

    private final List<Class<?>> testClasses = Project.load(Project.TEST_CLASSES).stream()
            .filter(TestClassesTest::hasTests)
            .toList();

    @Test
    void everyTestClassHasATimeout() {
        assertThat(testClasses).hasSizeGreaterThan(20);
        assertThat(testClasses).allMatch(TestClassesTest::hasTimeout, "has @Timeout, or a class around it has");
    }

    @Test
    void noTestIsSkipped() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Class<?> type : testClasses) {
            elements(type)
                    .flatMap(element -> Arrays.stream(element.getAnnotations()))
                    .map(Annotation::annotationType)
                    .filter(TestClassesTest::skips)
                    .forEach(annotation -> found.add(type.getName() + " has " + annotation.getSimpleName()));
        }
        assertThat(found).isEmpty();
        List<Path> assuming = new ArrayList<>();
        for (Path file : Project.sources("test")) {
            if (!file.endsWith("TestClassesTest.java") && Files.readString(file).contains("Assumptions")) {
                assuming.add(file);
            }
        }
        assertThat(assuming).as("tests that skip themselves").isEmpty();
    }

    @Test
    void tagsAreThoseTheBuildKnows() {
        Set<String> found = new TreeSet<>();
        for (Class<?> type : testClasses) {
            elements(type)
                    .flatMap(element ->
                            AnnotationSupport.findRepeatableAnnotations(element, org.junit.jupiter.api.Tag.class)
                                    .stream())
                    .map(org.junit.jupiter.api.Tag::value)
                    .filter(Predicate.not(TAGS::contains))
                    .forEach(found::add);
        }
        assertThat(found).isEmpty();
    }

    /** Surefire finds test classes by name; any other would never run. */
    @Test
    void testClassesAreNamedSoThatTheyRun() {
        assertThat(testClasses)
                .map(TestClassesTest::outermost)
                .map(Class::getSimpleName)
                .allMatch(name -> name.endsWith("Test"));
    }

    private static boolean hasTests(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .anyMatch(method -> AnnotationSupport.isAnnotated(method, Testable.class));
    }

    private static boolean hasTimeout(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getEnclosingClass()) {
            if (AnnotationSupport.isAnnotated(at, Timeout.class)) {
                return true;
            }
        }
        return false;
    }

    private static Class<?> outermost(Class<?> type) {
        Class<?> at = type;
        while (at.getEnclosingClass() != null) {
            at = at.getEnclosingClass();
        }
        return at;
    }

    private static Stream<AnnotatedElement> elements(Class<?> type) {
        Stream<Method> methods = Stream.of(type.getDeclaredMethods());
        return Stream.concat(Stream.of(type), methods);
    }

    /** Disabled, EnabledOnOs, DisabledIf and their kin. */
    private static boolean skips(Class<? extends Annotation> annotation) {
        String name = annotation.getName();
        return name.startsWith("org.junit.jupiter.api.")
                && (annotation.getSimpleName().startsWith("Disabled")
                        || annotation.getSimpleName().startsWith("Enabled"));
    }
}
