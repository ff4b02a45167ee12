package aiv1.store.dynamo;

import aiv1.store.StoreException;
import aiv1.store.address.StoreAddress.DynamoDb;
import aiv1.store.aws.AwsCalls;
import aiv1.store.aws.AwsClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/// A table, and the few ways in which it is read and written: every read is strongly consistent, no
/// read is a scan.
final class DynamoTable implements AutoCloseable {
    /// What one `BatchGetItem` may ask for.
    private static final int BATCH_KEY_COUNT_MAX = 100;

    /// How often what a batch did not bring is asked for again.
    private static final int BATCH_ATTEMPT_COUNT_MAX = 12;

    private static final Duration CALL_DURATION_MAX = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final String name;
    private final AwsCalls calls;
    private final DynamoDbClient client;

    private DynamoTable(String name, AwsCalls calls, DynamoDbClient client) {
        this.name = name;
        this.calls = calls;
        this.client = client;
    }

    /// Makes the client; asks nothing yet.
    static DynamoTable of(DynamoDb address) {
        AwsCalls calls = new AwsCalls(address.url());
        DynamoDbClient client =
                AwsClients.build(
                        DynamoDbClient.builder(),
                        address.place(),
                        address.url(),
                        CALL_DURATION_MAX);
        return new DynamoTable(address.table(), calls, client);
    }

    String name() {
        return name;
    }

    String where() {
        return calls.where();
    }

    AwsCalls calls() {
        return calls;
    }

    DynamoDbClient client() {
        return client;
    }

    Optional<Item> find(Item.Key key) {
        GetItemResponse answer =
                calls.call(
                        "dynamodb:GetItem",
                        () ->
                                client.getItem(
                                        get ->
                                                get.tableName(name)
                                                        .key(key.attributes())
                                                        .consistentRead(true)));
        return answer.hasItem() ? Optional.of(new Item(answer.item())) : Optional.empty();
    }

    /// The items under one partition key whose sort key is greater than `after`, in order.
    List<Item> query(String pk, String after) {
        return query(pk, after, Integer.MAX_VALUE);
    }

    /// The same, the first `countMax` of them.
    List<Item> query(String pk, String after, int countMax) {
        List<Item> items = new ArrayList<>();
        Map<String, AttributeValue> next = Map.of();
        do {
            Map<String, AttributeValue> from = next;
            next =
                    calls.call(
                            "dynamodb:Query",
                            () -> {
                                QueryResponse page =
                                        client.query(
                                                query ->
                                                        query.tableName(name)
                                                                .consistentRead(true)
                                                                .keyConditionExpression(
                                                                        "pk = :pk AND sk > :after")
                                                                .expressionAttributeValues(
                                                                        Map.of(
                                                                                ":pk",
                                                                                Item.text(pk),
                                                                                ":after",
                                                                                Item.text(after)))
                                                                .limit(countMax - items.size())
                                                                .exclusiveStartKey(
                                                                        from.isEmpty()
                                                                                ? null
                                                                                : from));
                                page.items().forEach(item -> items.add(new Item(item)));
                                return page.hasLastEvaluatedKey()
                                        ? page.lastEvaluatedKey()
                                        : Map.<String, AttributeValue>of();
                            });
        } while (!next.isEmpty() && items.size() < countMax);
        return items;
    }

    /// The items with these keys, as many as there are.
    Map<Item.Key, Item> findAll(List<Item.Key> keys) {
        Map<Item.Key, Item> found = new HashMap<>();
        for (int from = 0; from < keys.size(); from += BATCH_KEY_COUNT_MAX) {
            int end = Math.min(from + BATCH_KEY_COUNT_MAX, keys.size());
            findBatch(keys.subList(from, end), found);
        }
        return found;
    }

    /// An answer is cut at 16 MB and by throttling; the rest is asked for again, more slowly.
    private void findBatch(List<Item.Key> keys, Map<Item.Key, Item> found) {
        KeysAndAttributes asked =
                KeysAndAttributes.builder()
                        .keys(keys.stream().map(Item.Key::attributes).toList())
                        .consistentRead(true)
                        .build();
        for (int attempt = 1; ; attempt++) {
            KeysAndAttributes wanted = asked;
            BatchGetItemResponse answer =
                    calls.call(
                            "dynamodb:BatchGetItem",
                            () ->
                                    client.batchGetItem(
                                            get -> get.requestItems(Map.of(name, wanted))));
            List<Map<String, AttributeValue>> items =
                    answer.responses().getOrDefault(name, List.of());
            for (Map<String, AttributeValue> attributes : items) {
                Item item = new Item(attributes);
                found.put(item.key(), item);
            }
            Optional<KeysAndAttributes> rest =
                    Optional.ofNullable(answer.unprocessedKeys().get(name));
            if (rest.isEmpty()) {
                return;
            }
            if (items.isEmpty() && attempt >= BATCH_ATTEMPT_COUNT_MAX) {
                throw new StoreException(
                        where(),
                        "room for more requests (throttled: raise the limits of the table)",
                        "%d of %d items left out %d times"
                                .formatted(rest.get().keys().size(), keys.size(), attempt));
            }
            asked = rest.get();
            pause(attempt);
        }
    }

    /// All of `writes` or none. Throws what the SDK throws.
    void write(List<TransactWriteItem> writes) {
        TransactWriteItemsRequest request =
                TransactWriteItemsRequest.builder().transactItems(writes).build();
        calls.tryCall(() -> client.transactWriteItems(request));
    }

    @Override
    public void close() {
        calls.close();
        client.close();
    }

    /// Waits longer from attempt to attempt, up to about a second.
    private static void pause(int attempt) {
        long nanos = PAUSE.toNanos() << Math.min(attempt, 6);
        LockSupport.parkNanos(Math.min(nanos, TimeUnit.SECONDS.toNanos(1)));
    }
}
