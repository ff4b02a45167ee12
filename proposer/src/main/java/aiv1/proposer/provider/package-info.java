/// Those who answer prompts: model servers, a mailbox of files, and replies on record.
@NullMarked
package aiv1.proposer.provider;

import org.jspecify.annotations.NullMarked;
