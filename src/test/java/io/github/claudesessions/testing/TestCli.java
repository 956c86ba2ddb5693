package io.github.claudesessions.testing;

import io.github.claudesessions.cli.ClaudeCli;

/** The one place that says which Claude Code CLI the contract tests run. */
final class TestCli {
    private TestCli() {}

    static String path() {
        return ClaudeCli.managed().resolve().toString();
    }
}
