/// Where a store is, as a URL says it; nothing here opens one.
@NullMarked
package aiv1.store.address;

import org.jspecify.annotations.NullMarked;
