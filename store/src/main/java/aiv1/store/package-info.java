/// What is kept: the ledger in SQLite, the artifacts as files; in packages below, what is kept
/// elsewhere.
@NullMarked
package aiv1.store;

import org.jspecify.annotations.NullMarked;
