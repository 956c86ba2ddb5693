package io.github.claudesessions.functional;

import io.github.claudesessions.testing.FakeAnthropicApi;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After each test, and after all methods of the class that follow it: no process is left, and the API is closed. */
final class NothingLeft implements AfterEachCallback {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final FakeAnthropicApi api;

    NothingLeft(FakeAnthropicApi api) {
        this.api = api;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        checkAndClose(api);
    }

    /** For sessions that are shared by the tests of a class. The API goes last: without it, some processes end. */
    static void checkAndClose(FakeAnthropicApi api) {
        try {
            Eventually.within(
                    LIMIT,
                    () -> Processes.describe(api),
                    () -> Processes.of(api).isEmpty());
        } finally {
            api.close();
        }
    }
}
