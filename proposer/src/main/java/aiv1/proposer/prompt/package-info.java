/// From what a campaign knows to the words that a model is sent. Start reading at [PromptWriter].
@NullMarked
package aiv1.proposer.prompt;

import org.jspecify.annotations.NullMarked;
