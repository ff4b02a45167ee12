/// What is kept: the ledger in SQLite, the artifacts as files.
@NullMarked
package aiv1.store;

import org.jspecify.annotations.NullMarked;
