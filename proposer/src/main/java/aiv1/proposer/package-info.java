/// Language models as proposers: asking, counting, recording. Start reading at [ModelProposer].
@NullMarked
package aiv1.proposer;

import org.jspecify.annotations.NullMarked;
