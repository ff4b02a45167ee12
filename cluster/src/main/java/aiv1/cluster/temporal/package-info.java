/// The evaluator that gives its experiments to a Temporal server, and the worker that takes them
/// from there. Nothing here is loaded unless a cluster is named. Start reading at
/// [ClusterEvaluator].
@NullMarked
package aiv1.cluster.temporal;

import org.jspecify.annotations.NullMarked;
