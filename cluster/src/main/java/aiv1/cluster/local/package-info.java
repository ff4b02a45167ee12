/// A cluster on this machine: a Temporal server and the lab's own processes, started, watched and
/// stopped together. Start reading at [LocalCluster].
@NullMarked
package aiv1.cluster.local;

import org.jspecify.annotations.NullMarked;
