/// Rate-distortion arithmetic: distortion of frames and clips, RD curves, BD-rate.
@NullMarked
package aiv1.domain.rd;

import org.jspecify.annotations.NullMarked;
