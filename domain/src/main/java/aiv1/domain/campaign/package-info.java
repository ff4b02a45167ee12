/// The search: campaigns, proposers, and the seams to what is stored.
@NullMarked
package aiv1.domain.campaign;

import org.jspecify.annotations.NullMarked;
