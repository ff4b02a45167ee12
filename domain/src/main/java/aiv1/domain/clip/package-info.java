/// Source video: what a clip is and how its samples are laid out.
@NullMarked
package aiv1.domain.clip;

import org.jspecify.annotations.NullMarked;
