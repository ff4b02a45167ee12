/// The page and its API over HTTP. Start reading at [DashboardServer].
@NullMarked
package aiv1.dashboard.http;

import org.jspecify.annotations.NullMarked;
