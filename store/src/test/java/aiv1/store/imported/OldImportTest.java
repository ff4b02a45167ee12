package aiv1.store.imported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.ArtifactId;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.candidate.Contract;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import aiv1.domain.experiment.RateKind;
import aiv1.store.FileArtifactStore;
import aiv1.store.SqliteLedger;
import aiv1.wire.JsonFormatException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OldImportTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final String PLAIN =
            """
            {"experiment_id": "proj/iter 7", "timestamp": 1760805973, "status": "completed",
             "encoding_code": "def run_encoding_agent(device='cpu'):\\n    return {}\\n",
             "decoding_code": "def run_decoding_agent(device='cpu', encoding_data=None):\\n    return {}\\n",
             "metrics": {"psnr_db": 0.0, "ssim": 0.0, "bitrate_mbps": 1.25}}
            """;
    private static final String TYPED =
            """
            {"experiment_id": {"S": "proj/iter 7"}, "timestamp": {"N": "1760805973"}, "status": {"S": "completed"},
             "encoding_code": {"S": "def run_encoding_agent(device='cpu'):\\n    return {}\\n"},
             "decoding_code": {"S": "def run_decoding_agent(device='cpu', encoding_data=None):\\n    return {}\\n"},
             "metrics": {"M": {"psnr_db": {"N": "0.0"}, "ssim": {"N": "0.0"}, "bitrate_mbps": {"N": "1.25"}}}}
            """;

    @TempDir private Path home;

    private ArtifactStore artifacts;
    private Ledger ledger;

    @BeforeEach
    void openLab() {
        artifacts = FileArtifactStore.open(home.resolve("artifacts"));
        ledger = SqliteLedger.open(home.resolve("ledger.db"), artifacts);
    }

    @AfterEach
    void closeLab() {
        ledger.close();
    }

    @Test
    void a_record_is_kept_as_unverified_and_never_has_a_place() {
        OldImport.Report report = read(PLAIN);
        assertThat(report.skipped()).isEmpty();
        ExperimentResult result = ledger.find(report.imported().getFirst()).orElseThrow();
        assertThat(result.outcomeLabel()).isEqualTo("quarantined");
        assertThat(result.isMeasured()).isFalse();
        assertThat(result.meanBdRatePercent("x264-medium", RateKind.TOTAL)).isEmpty();
        assertThat(result.runs()).isEmpty();
        assertThat(result.experiment().clips()).isEmpty();
        assertThat(result.experiment().proposal().proposer()).isEqualTo("imported");
        assertThat(result.experiment().proposal().candidate().contract()).isEqualTo(Contract.C3);
        assertThat(result.finishedAt()).isEqualTo(Instant.ofEpochSecond(1_760_805_973));
        Failure failure = result.stopper().orElseThrow().failure();
        assertThat(failure.category()).isEqualTo(FailureCategory.UNVERIFIED);
        assertThat(failure.message())
                .contains("nothing of it was measured here")
                .contains("status completed")
                .contains("bitrate_mbps 1.25");
        ArtifactId whole = failure.trace().orElseThrow();
        assertThat(new String(artifacts.find(whole).orElseThrow(), StandardCharsets.UTF_8))
                .contains("\"bitrate_mbps\": 1.25");
    }

    @Test
    void items_of_dynamo_and_plain_records_are_one_and_the_same() {
        assertThat(read(TYPED).imported()).hasSize(1);
        assertThat(read("{\"Items\": [" + TYPED + "], \"Count\": 1}").known()).isEqualTo(1);
        assertThat(read("[" + PLAIN + "]").known()).isEqualTo(1);
        String line = TYPED.replace("\n", "");
        assertThat(read("{\"Item\": " + line + "}\n{\"Item\": " + line + "}\n").known())
                .isEqualTo(2);
        assertThat(read("{\"experiments\": [" + PLAIN + "], \"total\": 1}").known()).isEqualTo(1);
        assertThat(ledger.results()).hasSize(1);
    }

    @Test
    void ids_that_are_alike_stay_apart() {
        List<ExperimentId> ids =
                read("[" + PLAIN + "," + PLAIN.replace("iter 7", "iter-7") + "]").imported();
        assertThat(ids).hasSize(2).doesNotHaveDuplicates();
        assertThat(read(PLAIN.replace("proj/iter 7", "plain-id")).imported())
                .containsExactly(new ExperimentId("import.plain-id"));
    }

    @Test
    void a_record_without_a_codec_is_skipped_with_the_reason() {
        OldImport.Report report =
                read("[{\"experiment_id\": \"x\", \"status\": \"failed\"}, 7, " + PLAIN + "]");
        assertThat(report.imported()).hasSize(1);
        assertThat(report.skipped())
                .containsExactly(
                        "old.json: record 1: expected a text 'encoding_code', got none",
                        "old.json: record 2: expected an object, got NUMBER");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1760805973",
                "1760805973000",
                "\"1760805973.0\"",
                "\"2025-10-18T16:46:13\"",
                "\"2025-10-18T18:46:13+02:00\""
            })
    void times_are_understood_in_the_forms_that_there_are(String time) {
        ExperimentId id = read(PLAIN.replace("1760805973", time)).imported().getFirst();
        assertThat(ledger.find(id).orElseThrow().finishedAt())
                .isEqualTo(Instant.parse("2025-10-18T16:46:13Z"));
    }

    @Test
    void a_record_without_a_time_has_that_of_the_import() {
        ExperimentId id =
                read(PLAIN.replace("\"timestamp\": 1760805973,", "")).imported().getFirst();
        assertThat(ledger.find(id).orElseThrow().finishedAt()).isEqualTo(NOW);
    }

    @Test
    void what_is_no_json_is_told_with_its_place() {
        assertThatThrownBy(() -> read("{\"experiment_id\": "))
                .isInstanceOf(JsonFormatException.class)
                .hasMessageContaining("old.json");
    }

    private OldImport.Report read(String text) {
        return new OldImport(ledger, artifacts, NOW).read(text, "old.json");
    }
}
