package io.github.claudesessions.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an application gets on its class path with this library. */
@Timeout(30)
class DependenciesTest {
    @Test
    void runTimeNeedsJacksonAndSlf4jAlone() throws IOException {
        List<String> artifacts = Project.runtimeClasspath().stream()
                .map(jar -> jar.getFileName().toString().replaceFirst("-\\d[^-]*(-.*)?\\.jar$", ""))
                .toList();
        assertThat(artifacts)
                .containsExactlyInAnyOrder("jackson-databind", "jackson-core", "jackson-annotations", "slf4j-api");
    }
}
