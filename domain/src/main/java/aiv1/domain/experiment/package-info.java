/// One candidate over a clip set: what is asked, what comes back, and the seam between.
@NullMarked
package aiv1.domain.experiment;

import org.jspecify.annotations.NullMarked;
