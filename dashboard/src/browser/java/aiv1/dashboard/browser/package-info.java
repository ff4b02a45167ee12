/// The page in a real browser, over a real server and a real ledger: Maven profile `browser`.
@NullMarked
package aiv1.dashboard.browser;

import org.jspecify.annotations.NullMarked;
