/// The worker as a server: experiments and clips in, progress, results and artifacts out. Start
/// reading at [WorkerServer].
@NullMarked
package aiv1.worker.http;

import org.jspecify.annotations.NullMarked;
