/// The commands of the program, one class each.
@NullMarked
package aiv1.cli.command;

import org.jspecify.annotations.NullMarked;
