/** For the tests of applications: a scripted CLI without a process and a scripted Messages API for the real CLI. */
@NullMarked
package io.github.claudesessions.testing;

import org.jspecify.annotations.NullMarked;
