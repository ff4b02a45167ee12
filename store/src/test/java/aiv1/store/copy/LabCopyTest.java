package aiv1.store.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.store.FileArtifactStore;
import aiv1.store.SqliteLedger;
import aiv1.store.TestResults;
import aiv1.store.address.StoreAddress;
import aiv1.store.address.StoreUrl;
import aiv1.store.dynamo.DynamoLedger;
import aiv1.store.dynamo.DynamoServer;
import aiv1.store.dynamo.DynamoSetup;
import aiv1.store.s3.S3ArtifactStore;
import aiv1.store.s3.S3Server;
import aiv1.store.s3.S3Setup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabCopyTest {
    private static final CampaignId SPRING = new CampaignId("spring");
    private static final byte[] BITSTREAM = bytes("bitstream");

    @TempDir private Path home;

    private ArtifactStore fromArtifacts;
    private Ledger from;

    @BeforeEach
    void makeLab() {
        fromArtifacts = FileArtifactStore.open(home.resolve("from"));
        from = SqliteLedger.open(home.resolve("from.db"), fromArtifacts);
        from.append(TestResults.campaign("spring"));
        from.append(TestResults.call(SPRING, 1, 0));
        from.append(TestResults.call(SPRING, 0, 0));
        from.append(SPRING, SPRING.experimentId(9), TestResults.proposal(9));
        for (int index : new int[] {2, 0, 3}) {
            from.append(TestResults.result("spring", index));
        }
        from.append(
                TestResults.result(
                        new ExperimentId("by-hand"), Optional.empty(), TestResults.proposal(5), 5));
        // What the results and questions name, as far as it is stored.
        for (String text : List.of("bitstream", "frames")) {
            fromArtifacts.put(bytes(text));
        }
        fromArtifacts.put(new byte[] {1});
        fromArtifacts.put(new byte[] {2});
    }

    @AfterEach
    void closeLab() {
        from.close();
    }

    @Test
    void a_lab_moves_to_dynamo_and_s3_and_back_with_all_that_is_in_it() {
        String table = DynamoServer.newUrl();
        String bucket = S3Server.newUrl();
        DynamoSetup.create((StoreAddress.DynamoDb) StoreUrl.parse(table));
        S3Setup.create((StoreAddress.S3) StoreUrl.parse(bucket));
        try (S3ArtifactStore far = S3ArtifactStore.open((StoreAddress.S3) StoreUrl.parse(bucket));
                Ledger farLedger =
                        DynamoLedger.open((StoreAddress.DynamoDb) StoreUrl.parse(table), far)) {
            LabCopy.Report there = copy(from, fromArtifacts, farLedger, far);
            assertThat(there.absent()).isEmpty();
            assertThat(there.thereCount()).isZero();
            requireEqual(farLedger, far);
            ArtifactStore backArtifacts = FileArtifactStore.open(home.resolve("back"));
            try (Ledger back = SqliteLedger.open(home.resolve("back.db"), backArtifacts)) {
                LabCopy.Report again = copy(farLedger, far, back, backArtifacts);
                assertThat(again.recordCount()).isEqualTo(there.recordCount());
                assertThat(again.artifactCount()).isEqualTo(there.artifactCount());
                assertThat(again.bytes()).isEqualTo(there.bytes());
                requireEqual(back, backArtifacts);
            }
        }
    }

    @Test
    void a_copy_that_was_stopped_goes_on() {
        ArtifactStore target = FileArtifactStore.open(home.resolve("to"));
        AtomicInteger left = new AtomicInteger(9);
        ArtifactStore stopping =
                new Watched(target) {
                    @Override
                    public ArtifactId put(byte[] bytes) {
                        if (left.getAndDecrement() <= 0) {
                            throw new LabFaultException("stopped");
                        }
                        return super.put(bytes);
                    }
                };
        try (Ledger to = SqliteLedger.open(home.resolve("to.db"), target)) {
            assertThatThrownBy(() -> copy(from, fromArtifacts, to, stopping)).hasMessage("stopped");
            int already = to.results().size();
            assertThat(already).isLessThan(from.results().size());
            LabCopy.Report rest = copy(from, fromArtifacts, to, target);
            assertThat(rest.thereCount()).isGreaterThan(0);
            requireEqual(to, target);
            LabCopy.Report nothing = copy(from, fromArtifacts, to, target);
            assertThat(nothing.recordCount()).isZero();
            assertThat(nothing.artifactCount()).isZero();
        }
    }

    @Test
    void an_artifact_that_arrives_damaged_stops_the_copy_before_its_record() {
        ArtifactStore target = FileArtifactStore.open(home.resolve("to"));
        ArtifactStore losing =
                new Watched(target) {
                    @Override
                    public Optional<byte[]> find(ArtifactId id) {
                        return id.equals(ArtifactId.of(BITSTREAM))
                                ? Optional.empty()
                                : super.find(id);
                    }
                };
        try (Ledger to = SqliteLedger.open(home.resolve("to.db"), target)) {
            assertThatThrownBy(() -> copy(from, fromArtifacts, to, losing))
                    .isInstanceOf(LabFaultException.class)
                    .hasMessageContaining("result spring.0002")
                    .hasMessageContaining(ArtifactId.of(BITSTREAM).sha256());
            assertThat(to.results()).isEmpty();
        }
    }

    @Test
    void another_record_under_one_id_is_told() {
        ArtifactStore target = FileArtifactStore.open(home.resolve("to"));
        try (Ledger to = SqliteLedger.open(home.resolve("to.db"), target)) {
            ExperimentResult mine = TestResults.result("spring", 2);
            to.append(
                    TestResults.result(
                            mine.experiment().id(),
                            Optional.of(SPRING),
                            mine.experiment().proposal(),
                            7));
            assertThatThrownBy(() -> copy(from, fromArtifacts, to, target))
                    .isInstanceOf(LabFaultException.class)
                    .hasMessageContaining("result spring.0002")
                    .hasMessageContaining("two labs");
        }
    }

    @Test
    void what_is_named_and_nowhere_is_told() {
        ArtifactStore partial =
                new Watched(fromArtifacts) {
                    @Override
                    public Optional<byte[]> find(ArtifactId id) {
                        return id.equals(ArtifactId.of(BITSTREAM))
                                ? Optional.empty()
                                : super.find(id);
                    }
                };
        ArtifactStore target = FileArtifactStore.open(home.resolve("to"));
        try (Ledger to = SqliteLedger.open(home.resolve("to.db"), target)) {
            assertThat(copy(from, partial, to, target).absent())
                    .contains("result spring.0002: artifact " + ArtifactId.of(BITSTREAM).sha256());
        }
    }

    private void requireEqual(Ledger to, ArtifactStore artifacts) {
        assertThat(to.campaigns()).isEqualTo(from.campaigns());
        assertThat(to.modelCalls(SPRING)).isEqualTo(from.modelCalls(SPRING));
        assertThat(to.results()).isEqualTo(from.results());
        assertThat(to.results(SPRING)).isEqualTo(from.results(SPRING));
        assertThat(to.findProposal(SPRING.experimentId(9))).contains(TestResults.proposal(9));
        assertThat(artifacts.find(ArtifactId.of(BITSTREAM))).isPresent();
        assertThat(artifacts.find(ArtifactId.of(new byte[] {2}))).isPresent();
    }

    private static LabCopy.Report copy(
            Ledger from, ArtifactStore fromArtifacts, Ledger to, ArtifactStore toArtifacts) {
        List<String> told = new ArrayList<>();
        LabCopy.Report report = new LabCopy(from, fromArtifacts, to, toArtifacts, told::add).copy();
        assertThat(told).contains("campaign spring");
        return report;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// A store that does as another does, unless a test has it do otherwise.
    private static class Watched implements ArtifactStore {
        private final ArtifactStore real;

        Watched(ArtifactStore real) {
            this.real = real;
        }

        @Override
        public ArtifactId put(byte[] bytes) {
            return real.put(bytes);
        }

        @Override
        public Optional<byte[]> find(ArtifactId id) {
            return real.find(id);
        }
    }
}
