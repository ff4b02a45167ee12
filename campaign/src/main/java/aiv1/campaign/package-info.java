/// The search: loop, archive, selection, budgets, stopping. Start reading at [CampaignLoop].
@NullMarked
package aiv1.campaign;

import org.jspecify.annotations.NullMarked;
