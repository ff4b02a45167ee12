/// Artifacts as objects of a bucket.
@NullMarked
package aiv1.store.s3;

import org.jspecify.annotations.NullMarked;
