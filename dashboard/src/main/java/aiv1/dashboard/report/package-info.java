/// A campaign as one file that stands by itself.
@NullMarked
package aiv1.dashboard.report;

import org.jspecify.annotations.NullMarked;
