/**
 * Showing dialogs that the CLI asks the host for. A {@link io.github.claudesessions.dialog.UserDialogHandler
 * UserDialogHandler} is asked, about the kinds that it was registered for.
 */
@NullMarked
package io.github.claudesessions.dialog;

import org.jspecify.annotations.NullMarked;
