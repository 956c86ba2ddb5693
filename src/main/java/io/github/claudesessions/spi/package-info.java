/** How the library talks to a Claude Code process, for hosts that run it somewhere else: a container, a virtual machine, another computer. */
@NullMarked
package io.github.claudesessions.spi;

import org.jspecify.annotations.NullMarked;
