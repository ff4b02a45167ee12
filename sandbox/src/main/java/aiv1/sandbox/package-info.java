/// Starts untrusted code: launch line, seccomp filter, limits and the Python runner.
@NullMarked
package aiv1.sandbox;

import org.jspecify.annotations.NullMarked;
