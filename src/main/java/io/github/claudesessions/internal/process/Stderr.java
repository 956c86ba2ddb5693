package io.github.claudesessions.internal.process;

/** Where the stderr of a process goes. It is always drained, and its end can be read at any time. */
interface Stderr {
    int TAIL_BYTES = 64 * 1024;

    /** The last {@value #TAIL_BYTES} bytes at most. */
    String tail();

    /** Called when the process has ended: waits briefly for what is still on its way. */
    void close();
}
