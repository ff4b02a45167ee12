package aiv1.store.dynamo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// One item of the table: its key and its attributes.
///
/// The table's keys are `pk` and `sk`. Records lie at `campaign#ID` / `campaign`, and at
/// `experiment#ID` / `proposal`, `result` or `call#000000`, marks at `mark#KEY` / `mark`; lists of
/// them at `list#...` / position, twelve digits, each entry naming a record by its key; the counter
/// of positions at `counter` / `counter`.
record Item(Map<String, AttributeValue> attributes) {
    static final String PK = "pk";
    static final String SK = "sk";
    static final String PROPOSAL = "proposal";
    static final String RESULT = "result";

    private static final String EXPERIMENT = "experiment#";
    private static final String OF_PK = "of_pk";
    private static final String OF_SK = "of_sk";

    Item {
        attributes = Map.copyOf(attributes);
    }

    /// The key of a record or entry.
    record Key(String pk, String sk) {
        /// Of a record at `experiment#ID`.
        String experiment() {
            return pk.substring(EXPERIMENT.length());
        }

        Map<String, AttributeValue> attributes() {
            return Map.of(PK, text(pk), SK, text(sk));
        }
    }

    static Item of(Key key) {
        return new Item(key.attributes());
    }

    static Key campaign(String id) {
        return new Key("campaign#" + id, "campaign");
    }

    static Key proposal(String experiment) {
        return new Key(EXPERIMENT + experiment, PROPOSAL);
    }

    static Key result(String experiment) {
        return new Key(EXPERIMENT + experiment, RESULT);
    }

    static Key call(String experiment, int attempt) {
        return new Key(EXPERIMENT + experiment, "call#%06d".formatted(attempt));
    }

    static Key mark(String key) {
        return new Key("mark#" + key, "mark");
    }

    /// A position as a sort key.
    static String place(long position) {
        return "%012d".formatted(position);
    }

    /// The entry at a place in a list, which names `record`.
    static Item entry(String list, long position, Key record) {
        return of(new Key(list, place(position))).with(OF_PK, record.pk()).with(OF_SK, record.sk());
    }

    Item with(String name, String value) {
        Map<String, AttributeValue> more = new LinkedHashMap<>(attributes);
        more.put(name, text(value));
        return new Item(more);
    }

    Item with(String name, Optional<String> value) {
        return value.map(present -> with(name, present)).orElse(this);
    }

    Item withNumber(String name, long value) {
        Map<String, AttributeValue> more = new LinkedHashMap<>(attributes);
        more.put(name, number(value));
        return new Item(more);
    }

    Key key() {
        return new Key(required(PK), required(SK));
    }

    /// The key of the record that an entry names.
    Key named() {
        return new Key(required(OF_PK), required(OF_SK));
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
    }

    /// Throws [IllegalStateException] when it is absent: no build writes such an item.
    String required(String name) {
        return find(name)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "item %s: expected a text '%s', got none"
                                                .formatted(attributes.keySet(), name)));
    }

    Optional<Long> findNumber(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::n).map(Long::valueOf);
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
