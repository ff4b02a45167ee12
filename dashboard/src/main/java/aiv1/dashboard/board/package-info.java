/// What the page shows, in memory: one small record for each experiment, kept up to date from the
/// ledger and from live events. Start reading at [Board].
@NullMarked
package aiv1.dashboard.board;

import org.jspecify.annotations.NullMarked;
