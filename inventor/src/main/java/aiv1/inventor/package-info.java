/// The proposer that needs no model: building blocks and the grammar that composes them.
@NullMarked
package aiv1.inventor;

import org.jspecify.annotations.NullMarked;
