/// Work that only waits: experiments whose results follow from the candidate, for measuring and
/// drilling whatever is around them. Nothing here is ever a result of the lab.
@NullMarked
package aiv1.cli.simulated;

import org.jspecify.annotations.NullMarked;
