/// What the page's room needs from the others, as seams. Start reading at `http.DashboardServer`.
@NullMarked
package aiv1.dashboard;

import org.jspecify.annotations.NullMarked;
