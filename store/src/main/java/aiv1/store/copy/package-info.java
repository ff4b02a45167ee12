/// A lab moved from one pair of stores to another.
@NullMarked
package aiv1.store.copy;

import org.jspecify.annotations.NullMarked;
