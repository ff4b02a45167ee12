package aiv1.store.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.campaign.LedgerView;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.store.FileArtifactStore;
import aiv1.store.LedgerContract;
import aiv1.store.RecordedProposal;
import aiv1.store.StoreException;
import aiv1.store.TestResults;
import aiv1.store.address.StoreAddress.DynamoDb;
import aiv1.store.address.StoreAddress.Place;
import aiv1.store.address.StoreUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class DynamoLedgerTest extends LedgerContract {
    private final DynamoDb address = DynamoServer.newLedger();

    @TempDir private Path home;

    @Override
    protected Ledger open() {
        return DynamoLedger.open(address, artifacts());
    }

    @Override
    protected LedgerView openView() {
        return DynamoView.open(address, artifacts(), Duration.ZERO);
    }

    private ArtifactStore artifacts() {
        return FileArtifactStore.open(home);
    }

    @Test
    void a_record_and_its_list_entries_share_one_position_and_none_is_left_out() {
        int count = 30;
        try (Ledger ledger = open();
                Ledger other = open()) {
            IntStream.range(0, count)
                    .parallel()
                    .forEach(
                            index ->
                                    (index % 2 == 0 ? ledger : other)
                                            .append(TestResults.result("spring", index)));
        }
        try (DynamoTable table = DynamoTable.of(address)) {
            List<Item> entries = table.query("list#results", "0");
            Set<String> positions = new HashSet<>();
            for (Item entry : entries) {
                positions.add(entry.key().sk());
                Item record = table.find(entry.named()).orElseThrow();
                assertThat(record.findNumber("position").orElseThrow())
                        .isEqualTo(Long.parseLong(entry.key().sk()));
            }
            assertThat(positions).hasSize(count);
            assertThat(table.query("list#results#spring", "0")).hasSize(count);
            assertThat(table.query("list#proposals", "0")).hasSize(count);
        }
    }

    // More than one page of a query, and more than one batch.
    @Test
    void many_results_come_back_in_order() {
        int count = 130;
        try (Ledger ledger = open()) {
            for (int index = 0; index < count; index++) {
                ledger.append(TestResults.result("spring", index));
            }
            assertThat(ledger.results(new CampaignId("spring")))
                    .isEqualTo(
                            IntStream.range(0, count)
                                    .mapToObj(index -> TestResults.result("spring", index))
                                    .toList());
        }
    }

    // DynamoDB takes items of 400 KB.
    @Test
    void a_document_that_is_too_long_for_an_item_becomes_an_artifact() throws IOException {
        Campaign campaign = longCampaign();
        try (Ledger ledger = open()) {
            assertThat(ledger.append(campaign)).isTrue();
            assertThat(ledger.append(campaign)).isFalse();
            assertThat(ledger.findCampaign(campaign.id())).contains(campaign);
        }
        try (DynamoTable table = DynamoTable.of(address)) {
            Item item = table.find(Item.campaign("spring")).orElseThrow();
            assertThat(item.find("document")).isEmpty();
            ArtifactId id = new ArtifactId(item.find("document_sha256").orElseThrow());
            assertThat(artifacts().find(id)).isPresent();
        }
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void proposals_without_a_result_are_listed_too() {
        try (DynamoLedger ledger = DynamoLedger.open(address, artifacts())) {
            CampaignId spring = new CampaignId("spring");
            ledger.append(spring, spring.experimentId(1), TestResults.proposal(1));
            ExperimentResult byHand =
                    TestResults.result(
                            new ExperimentId("by-hand"),
                            Optional.empty(),
                            TestResults.proposal(2),
                            2);
            ledger.append(byHand);
            assertThat(ledger.proposals())
                    .containsExactly(
                            new RecordedProposal(
                                    spring.experimentId(1),
                                    Optional.of(spring),
                                    TestResults.proposal(1)),
                            new RecordedProposal(
                                    new ExperimentId("by-hand"),
                                    Optional.empty(),
                                    TestResults.proposal(2)));
        }
    }

    @Test
    void a_table_that_is_not_there_is_told_with_what_to_do() {
        DynamoDb absent = (DynamoDb) StoreUrl.parse(DynamoServer.newUrl());
        assertThatThrownBy(() -> DynamoLedger.open(absent, artifacts()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(absent.url())
                .hasMessageContaining("aiv1 store create");
    }

    @Test
    void a_server_that_is_not_there_is_told_as_such() {
        DynamoDb nowhere =
                new DynamoDb(
                        "ledger",
                        new Place(
                                Optional.of("eu-west-1"),
                                Optional.of(URI.create("http://127.0.0.1:1"))));
        assertThatThrownBy(() -> DynamoLedger.open(nowhere, artifacts()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("check the endpoint")
                .hasMessageContaining("refused");
    }

    @Test
    void making_a_table_twice_changes_nothing() {
        try (Ledger ledger = open()) {
            ledger.append(TestResults.campaign("spring"));
        }
        assertThat(DynamoSetup.create(address)).isEqualTo("there already");
        try (Ledger ledger = open()) {
            assertThat(ledger.campaigns()).hasSize(1);
        }
        assertThat(DynamoSetup.check(address)).contains("0 experiments");
    }

    @Test
    void the_table_is_paid_by_request() {
        try (DynamoTable table = DynamoTable.of(address)) {
            assertThat(
                            table.client()
                                    .describeTable(it -> it.tableName(table.name()))
                                    .table()
                                    .billingModeSummary()
                                    .billingMode())
                    .isEqualTo(BillingMode.PAY_PER_REQUEST);
        }
    }

    @Test
    void a_table_of_something_else_is_refused() {
        DynamoDb other = (DynamoDb) StoreUrl.parse(DynamoServer.newUrl());
        try (DynamoTable table = DynamoTable.of(other)) {
            table.client()
                    .createTable(
                            create ->
                                    create.tableName(table.name())
                                            .billingMode(BillingMode.PAY_PER_REQUEST)
                                            .attributeDefinitions(
                                                    AttributeDefinition.builder()
                                                            .attributeName("experiment_id")
                                                            .attributeType(ScalarAttributeType.S)
                                                            .build())
                                            .keySchema(
                                                    KeySchemaElement.builder()
                                                            .attributeName("experiment_id")
                                                            .keyType(KeyType.HASH)
                                                            .build()));
        }
        assertThatThrownBy(() -> DynamoSetup.create(other))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("experiment_id HASH S");
    }

    @Test
    void a_ledger_of_another_schema_is_refused() {
        try (DynamoTable table = DynamoTable.of(address)) {
            table.client()
                    .putItem(
                            put ->
                                    put.tableName(table.name())
                                            .item(
                                                    DynamoAppends.emptyCounter()
                                                            .with("schema", "ledger/2")
                                                            .attributes()));
        }
        assertThatThrownBy(this::open)
                .hasMessageContaining("ledger/1")
                .hasMessageContaining("ledger/2");
    }

    private static Campaign longCampaign() {
        Campaign usual = TestResults.campaign("spring");
        return new Campaign(
                usual.id(),
                "ü".repeat(DynamoDocuments.INLINE_BYTES_MAX),
                usual.seed(),
                usual.experimentCountMax(),
                usual.proposer(),
                usual.clips(),
                usual.anchors(),
                usual.limitClass(),
                usual.parallelCount(),
                usual.delay(),
                usual.startedAt());
    }
}
