package io.github.claudesessions.dialog;

/**
 * Shows the dialogs that the CLI asks its host for, and answers them.
 *
 * <p>Only dialogs of the kinds in the option {@code supportedDialogKinds} come; without that, whatever would have been
 * asked takes its course as in a program without dialogs. CLI 2.1.330 knows the kind {@code refusal_fallback_prompt}, for
 * accounts that have it; what its payload and its result hold is not documented.
 *
 * <p>Each dialog is asked on a virtual thread of its own. A handler may send control requests of its session, but can't
 * start a turn of it. When the answer is no longer wanted (the turn was interrupted, the session was closed), the thread is
 * interrupted. How long an answer may take is the CLI's choice. A handler that throws or returns null cancels the dialog;
 * what went wrong is in the log.
 *
 * {@snippet file="io/github/claudesessions/UserDialogTest.java" region="handler"}
 */
@FunctionalInterface
public interface UserDialogHandler {
    /**
     * Answers one dialog.
     *
     * @throws Exception to cancel it
     */
    UserDialogReply answer(UserDialogRequest request) throws Exception;
}
