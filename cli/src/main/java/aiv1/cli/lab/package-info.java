/// The wiring: one lab put together from all rooms by the settings.
@NullMarked
package aiv1.cli.lab;

import org.jspecify.annotations.NullMarked;
