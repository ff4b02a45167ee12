/// The search: loop, archive, selection, budgets, stopping.
@NullMarked
package aiv1.campaign;

import org.jspecify.annotations.NullMarked;
