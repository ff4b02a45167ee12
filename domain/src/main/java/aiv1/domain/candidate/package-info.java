/// A codec under test as source text, and the contract by which it is called.
@NullMarked
package aiv1.domain.candidate;

import org.jspecify.annotations.NullMarked;
