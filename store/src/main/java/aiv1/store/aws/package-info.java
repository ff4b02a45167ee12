/// What the stores in AWS share: clients, bounded calls, and what its errors mean.
@NullMarked
package aiv1.store.aws;

import org.jspecify.annotations.NullMarked;
