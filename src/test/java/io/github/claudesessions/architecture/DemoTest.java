package io.github.claudesessions.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo is run from its source, so that no other compilation sees it. */
@Timeout(60)
class DemoTest {
    @Test
    void compilesWithoutWarning(@TempDir Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter findings = new StringWriter();
        List<String> options = List.of(
                "--release",
                "21",
                "-proc:none",
                "-Xlint:all,-classfile",
                "-Werror",
                "-d",
                classes.toString(),
                "-classpath",
                System.getProperty("java.class.path"));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            findings,
                            files,
                            null,
                            options,
                            null,
                            files.getJavaFileObjectsFromPaths(Project.sources("demo")))
                    .call();
            assertThat(compiled).as(findings.toString()).isTrue();
        }
    }
}
