/// The seam to whoever answers prompts: a question, a reply, and the ways in which there is none.
@NullMarked
package aiv1.proposer.model;

import org.jspecify.annotations.NullMarked;
