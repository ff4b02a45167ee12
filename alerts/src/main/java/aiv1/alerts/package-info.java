/// Tells a webhook what must not go unnoticed. Start reading at [Webhook].
@NullMarked
package aiv1.alerts;

import org.jspecify.annotations.NullMarked;
