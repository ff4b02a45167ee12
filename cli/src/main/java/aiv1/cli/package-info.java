/// The program aiv1: commands, configuration, and the only wiring.
@NullMarked
package aiv1.cli;

import org.jspecify.annotations.NullMarked;
