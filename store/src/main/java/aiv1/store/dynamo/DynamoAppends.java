package aiv1.store.dynamo;

import aiv1.store.StoreException;
import aiv1.store.aws.AwsCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/// How rows get into the table: whole, once, and in one order.
///
/// Theory of operation. An append is one transaction of conditional writes: the counter of
/// positions goes from `n` to `n + 1` if it still is `n`; each record is put if no item has its
/// key; an entry at position `n + 1` is put into each list that has the record. So a record and its
/// entries are there together or not at all, whatever is killed when; two appends never share a
/// position; and who reads a list by a consistent query sees every append that returned. A second
/// append of a record finds it there, also when it is the SDK's own repetition after an answer that
/// was lost.
///
/// Appends of one process queue here; those of other processes show as a counter that moved, which
/// is read anew.
final class DynamoAppends {
    private static final int ATTEMPT_COUNT_MAX = 60;
    private static final Duration PAUSE_MAX = Duration.ofMillis(400);
    private static final Item.Key COUNTER = new Item.Key("counter", "counter");
    private static final String POSITION = "position";
    private static final String SCHEMA = "schema";
    private static final String SCHEMA_NAME = "ledger/1";

    private final DynamoTable table;
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();
    private long position = -1;

    DynamoAppends(DynamoTable table, RandomGenerator random) {
        this.table = table;
        this.random = random;
    }

    /// What an append wants to write: records, and for each of them the lists that name it.
    record Plan(List<Entry> entries) {
        Plan {
            entries = List.copyOf(entries);
        }
    }

    /// A record and the lists that it is in.
    record Entry(Item item, List<String> lists) {
        Entry {
            lists = List.copyOf(lists);
        }
    }

    /// The counter of an empty ledger.
    static Item emptyCounter() {
        return Item.of(COUNTER).with(SCHEMA, SCHEMA_NAME).withNumber(POSITION, 0);
    }

    /// Where a record stands.
    static long position(Item record) {
        return record.findNumber(POSITION).orElseThrow();
    }

    /// Throws [StoreException] when the table holds no ledger, or one of another build.
    void requireLedger() {
        Item counter =
                table.find(COUNTER)
                        .orElseThrow(
                                () ->
                                        new StoreException(
                                                table.where(),
                                                "a ledger ('aiv1 store create URL' makes it)",
                                                "a table without one"));
        String schema = counter.find(SCHEMA).orElse("none");
        if (!schema.equals(SCHEMA_NAME)) {
            throw new StoreException(
                    table.where(), "a ledger of schema " + SCHEMA_NAME, "schema " + schema);
        }
    }

    /// Writes what `plan` says, unless it says nothing. It is asked again after a record appeared
    /// meanwhile; true when something was written.
    boolean append(Supplier<Plan> plan) {
        return AwsCalls.uninterrupted(
                () -> {
                    lock.lock();
                    try {
                        return appendHeld(plan);
                    } finally {
                        lock.unlock();
                    }
                });
    }

    private boolean appendHeld(Supplier<Plan> plan) {
        Plan wanted = plan.get();
        for (int attempt = 1; !wanted.entries().isEmpty(); attempt++) {
            if (position < 0) {
                position = readPosition();
            }
            try {
                table.write(writes(wanted, position));
                position++;
                return true;
            } catch (TransactionCanceledException refused) {
                requireTransient(refused, attempt);
                wanted = plan.get();
            } catch (TransactionConflictException busy) {
                requireMore(busy, attempt);
            } catch (SdkException refused) {
                position = -1;
                throw explained(refused);
            }
            position = -1;
            if (attempt > 1) {
                LockSupport.parkNanos(random.nextLong(1, PAUSE_MAX.toNanos()));
            }
        }
        return false;
    }

    long readPosition() {
        return table.find(COUNTER)
                .flatMap(counter -> counter.findNumber(POSITION))
                .orElseThrow(
                        () -> new StoreException(table.where(), "a counter of positions", "none"));
    }

    private List<TransactWriteItem> writes(Plan plan, long now) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(
                TransactWriteItem.builder()
                        .update(
                                update ->
                                        update.tableName(table.name())
                                                .key(COUNTER.attributes())
                                                .updateExpression("SET #p = :next")
                                                .conditionExpression("#p = :now")
                                                .expressionAttributeNames(Map.of("#p", POSITION))
                                                .expressionAttributeValues(
                                                        Map.of(
                                                                ":now",
                                                                Item.number(now),
                                                                ":next",
                                                                Item.number(now + 1))))
                        .build());
        for (Entry entry : plan.entries()) {
            writes.add(putNew(entry.item().withNumber(POSITION, now + 1)));
            for (String list : entry.lists()) {
                writes.add(putNew(Item.entry(list, now + 1, entry.item().key())));
            }
        }
        return writes;
    }

    private TransactWriteItem putNew(Item item) {
        return TransactWriteItem.builder()
                .put(
                        put ->
                                put.tableName(table.name())
                                        .item(item.attributes())
                                        .conditionExpression("attribute_not_exists(pk)"))
                .build();
    }

    /// A condition that failed means that somebody was faster, and so does a conflict; the rest is
    /// a fault.
    private void requireTransient(TransactionCanceledException refused, int attempt) {
        for (CancellationReason reason : refused.cancellationReasons()) {
            switch (String.valueOf(reason.code())) {
                case "None", "null" -> {}
                case "ConditionalCheckFailed",
                        "TransactionConflict",
                        "ThrottlingError",
                        "ProvisionedThroughputExceeded" -> {}
                default ->
                        throw new StoreException(
                                table.where(),
                                "a row that DynamoDB takes, or nothing of it is recorded",
                                reason.code() + ": " + reason.message(),
                                refused);
            }
        }
        requireMore(refused, attempt);
    }

    private void requireMore(SdkException refused, int attempt) {
        if (attempt == ATTEMPT_COUNT_MAX) {
            throw new StoreException(
                            table.where(),
                            "room for an append within %d attempts (too many writers, or throttled: raise"
                                            .formatted(ATTEMPT_COUNT_MAX)
                                    + " the limits of the table); nothing of it is recorded",
                            String.valueOf(refused.getMessage()),
                            refused)
                    .passing();
        }
    }

    private StoreException explained(SdkException refused) {
        return table.calls()
                .call(
                        "dynamodb:TransactWriteItems",
                        () -> {
                            throw refused;
                        });
    }
}
