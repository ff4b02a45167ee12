package aiv1.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.ArtifactId;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.ArtifactStore;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentExportTest {
    private static final ExperimentResult RESULT = TestResults.result("c-export", 0);

    @TempDir private Path folder;

    /// Gives for every id the same bytes, as if they had been stored.
    private static final ArtifactStore ANY =
            new ArtifactStore() {
                @Override
                public ArtifactId put(byte[] bytes) {
                    return ArtifactId.of(bytes);
                }

                @Override
                public Optional<byte[]> find(ArtifactId id) {
                    return Optional.of(id.sha256().getBytes(StandardCharsets.US_ASCII));
                }
            };

    /// Requirement 3: encoder, decoder and rationale can be had.
    @Test
    void what_is_exported_reads_back_equal() throws IOException {
        Path target = folder.resolve("champion");
        ExperimentExport.write(RESULT, ANY, target);
        ExportFolder read = ExportFolder.read(target);
        assertThat(read.result()).isEqualTo(RESULT);
        assertThat(target.resolve("encoder.py"))
                .hasContent(RESULT.experiment().proposal().candidate().encoder());
        for (RunResult run : RESULT.runs()) {
            Optional<Measurement> numbers = run.outcome().numbers();
            if (numbers.isPresent()) {
                assertThat(read.bitstream(run.clip(), run.quality()))
                        .asString()
                        .isEqualTo(numbers.get().bitstream().sha256());
            }
        }
        assertThat(Files.readString(target.resolve("decode.py")))
                .contains(RESULT.experiment().id().value())
                .doesNotContain("%1$s");
    }

    @Test
    void a_folder_with_files_is_left_alone() throws IOException {
        Files.writeString(folder.resolve("mine.txt"), "keep");
        assertThatThrownBy(() -> ExperimentExport.write(RESULT, ANY, folder))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("expected an empty folder");
        assertThat(folder.resolve("mine.txt")).hasContent("keep");
    }

    /// Requirement 19's other side: nothing half-written appears under the asked name.
    @Test
    void a_missing_artifact_leaves_nothing_behind() throws IOException {
        ArtifactStore empty =
                new ArtifactStore() {
                    @Override
                    public ArtifactId put(byte[] bytes) {
                        return ArtifactId.of(bytes);
                    }

                    @Override
                    public Optional<byte[]> find(ArtifactId id) {
                        return Optional.empty();
                    }
                };
        assertThatThrownBy(() -> ExperimentExport.write(RESULT, empty, folder.resolve("x")))
                .isInstanceOf(LabFaultException.class)
                .hasMessageContaining("expected it in the store");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_folder_that_is_no_export_is_refused_by_name() {
        assertThatThrownBy(() -> ExportFolder.read(folder))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("result.json: expected a file, got none");
    }
}
