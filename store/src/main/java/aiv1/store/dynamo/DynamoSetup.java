package aiv1.store.dynamo;

import aiv1.store.StoreException;
import aiv1.store.address.StoreAddress.DynamoDb;
import aiv1.store.aws.AwsCalls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/// Makes the table of a ledger, and looks whether one can be used.
public final class DynamoSetup {
    private static final Duration WAIT_MAX = Duration.ofMinutes(5);
    private static final List<String> KEYS = List.of("pk HASH S", "sk RANGE S");

    private DynamoSetup() {}

    /// Makes the table, paid by request and guarded against deletion, and the empty ledger in it;
    /// what is there already stays. Gives one line on what was done.
    public static String create(DynamoDb address) {
        try (DynamoTable table = DynamoTable.of(address)) {
            boolean isNew = findTable(table).isEmpty() && createTable(table);
            waitUntilActive(table);
            requireKeys(table, findTable(table));
            boolean isEmpty = putCounter(table);
            return isNew
                    ? "made, paid by request, guarded against deletion"
                    : isEmpty ? "there already; the ledger in it is new" : "there already";
        }
    }

    /// Looks at the table and reads and writes nothing but a row that is refused. Gives one line;
    /// throws [StoreException] with the permission that is missing.
    public static String check(DynamoDb address) {
        try (DynamoTable table = DynamoTable.of(address)) {
            new DynamoAppends(table, new SplittableRandom()).requireLedger();
            int results = table.query("list#results", "0").size();
            table.findAll(List.of(DynamoAppends.emptyCounter().key()));
            if (putCounter(table)) {
                throw new StoreException(table.where(), "a ledger", "one that vanished");
            }
            return "%s: %d experiments; reads and writes are allowed"
                    .formatted(address.url(), results);
        }
    }

    private static Optional<TableDescription> findTable(DynamoTable table) {
        return table.calls()
                .call(
                        "dynamodb:DescribeTable",
                        () -> {
                            try {
                                return Optional.of(
                                        table.client()
                                                .describeTable(
                                                        describe ->
                                                                describe.tableName(table.name()))
                                                .table());
                            } catch (ResourceNotFoundException none) {
                                return Optional.empty();
                            }
                        });
    }

    private static boolean createTable(DynamoTable table) {
        return table.calls()
                .call(
                        "dynamodb:CreateTable",
                        () -> {
                            try {
                                create(table.client(), table.name());
                                return true;
                            } catch (ResourceInUseException other) {
                                return false; // somebody makes the same table
                            }
                        });
    }

    private static void create(DynamoDbClient client, String name) {
        client.createTable(
                create ->
                        create.tableName(name)
                                .billingMode(BillingMode.PAY_PER_REQUEST)
                                .deletionProtectionEnabled(true)
                                .attributeDefinitions(text(Item.PK), text(Item.SK))
                                .keySchema(
                                        key(Item.PK, KeyType.HASH), key(Item.SK, KeyType.RANGE)));
    }

    private static void waitUntilActive(DynamoTable table) {
        AwsCalls calls = table.calls();
        calls.call(
                "dynamodb:DescribeTable",
                () -> {
                    try (DynamoDbWaiter waiter = table.client().waiter()) {
                        return waiter.waitUntilTableExists(
                                describe -> describe.tableName(table.name()),
                                wait -> wait.waitTimeout(WAIT_MAX));
                    }
                });
    }

    private static void requireKeys(DynamoTable table, Optional<TableDescription> described) {
        List<String> keys =
                described.stream()
                        .flatMap(
                                description ->
                                        description.keySchema().stream()
                                                .map(
                                                        key ->
                                                                "%s %s %s"
                                                                        .formatted(
                                                                                key.attributeName(),
                                                                                key.keyType(),
                                                                                type(
                                                                                        description,
                                                                                        key))))
                        .toList();
        if (!keys.equals(KEYS)) {
            throw new StoreException(
                    table.where(), "a table with the keys " + KEYS, "one with " + keys);
        }
    }

    private static String type(TableDescription description, KeySchemaElement key) {
        return description.attributeDefinitions().stream()
                .filter(attribute -> attribute.attributeName().equals(key.attributeName()))
                .map(AttributeDefinition::attributeTypeAsString)
                .findFirst()
                .orElse("?");
    }

    /// The empty ledger, unless there is one.
    private static boolean putCounter(DynamoTable table) {
        return table.calls()
                .call(
                        "dynamodb:PutItem",
                        () -> {
                            try {
                                table.client()
                                        .putItem(
                                                put ->
                                                        put.tableName(table.name())
                                                                .item(
                                                                        DynamoAppends.emptyCounter()
                                                                                .attributes())
                                                                .conditionExpression(
                                                                        "attribute_not_exists(pk)"));
                                return true;
                            } catch (ConditionalCheckFailedException present) {
                                return false;
                            }
                        });
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
