/// What every room shares: values and arithmetic, with no input or output.
@NullMarked
package aiv1.domain;

import org.jspecify.annotations.NullMarked;
