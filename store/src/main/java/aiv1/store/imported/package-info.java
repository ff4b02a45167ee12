/// Records of an earlier system, taken over as what they are: unverified.
@NullMarked
package aiv1.store.imported;

import org.jspecify.annotations.NullMarked;
