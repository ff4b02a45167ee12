/// From what a model wrote to a candidate, or to the reason why there is none.
@NullMarked
package aiv1.proposer.reply;

import org.jspecify.annotations.NullMarked;
