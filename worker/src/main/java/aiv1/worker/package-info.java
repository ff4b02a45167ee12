/// Carries out an experiment.
@NullMarked
package aiv1.worker;

import org.jspecify.annotations.NullMarked;
