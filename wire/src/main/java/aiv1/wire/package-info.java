/// The one JSON form of domain values, versioned.
@NullMarked
package aiv1.wire;

import org.jspecify.annotations.NullMarked;
