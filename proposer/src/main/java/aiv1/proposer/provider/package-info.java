/// The providers of language models: one [aiv1.proposer.model.ModelClient] for each protocol, all
/// over the HTTP client of the JDK, so that deadlines, interrupts and limits are the same for all.
@NullMarked
package aiv1.proposer.provider;

import org.jspecify.annotations.NullMarked;
