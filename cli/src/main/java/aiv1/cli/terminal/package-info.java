/// What a person sees: tables, live progress, colour.
@NullMarked
package aiv1.cli.terminal;

import org.jspecify.annotations.NullMarked;
