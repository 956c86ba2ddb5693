package io.github.claudesessions.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Objects;

/** The one place that says which Claude Code CLI the contract tests run. */
final class TestCli {
    private static final String VARIABLE = "CLAUDE_SESSIONS_TEST_CLI";

    private TestCli() {}

    static String path() {
        String path = System.getenv(VARIABLE);
        assumeTrue(path != null, () -> VARIABLE + " does not name a CLI");
        return Objects.requireNonNull(path);
    }
}
