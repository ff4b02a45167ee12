/// The ledger in a DynamoDB table.
@NullMarked
package aiv1.store.dynamo;

import org.jspecify.annotations.NullMarked;
