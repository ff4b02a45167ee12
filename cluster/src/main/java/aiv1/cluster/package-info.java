/// The evaluator on other machines. Start reading at [RemoteEvaluator].
@NullMarked
package aiv1.cluster;

import org.jspecify.annotations.NullMarked;
