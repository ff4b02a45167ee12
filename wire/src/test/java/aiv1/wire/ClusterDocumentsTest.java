package aiv1.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiv1.domain.ArtifactId;
import aiv1.domain.clip.ClipId;
import aiv1.domain.experiment.Experiment;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.Progress;
import aiv1.domain.experiment.Stage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What crosses between a campaign, a cluster's server and its workers.
class ClusterDocumentsTest {
    private static final ExperimentId ID = new ExperimentId("c-1.0000");
    private static final ArtifactId ORDER = ArtifactId.of(new byte[] {1});
    private static final ArtifactId RESULT = ArtifactId.of(new byte[] {2});
    private static final ClusterTicketJson TICKET =
            new ClusterTicketJson(ID, ORDER, "aiv1.experiments.0.1.0+3f9c0a12b4de.cpu");
    private static final ClusterReportJson REPORT =
            new ClusterReportJson(
                    ID, ORDER, "w", "measured", new ClusterReportJson.Told.Result(RESULT));

    @Test
    void what_was_written_is_read() {
        assertThat(ClusterTicketJson.read(TICKET.write())).isEqualTo(TICKET);
        read(new ClusterReportJson.Told.Passed());
        read(new ClusterReportJson.Told.Result(RESULT));
        read(new ClusterReportJson.Told.LackedClips(List.of(new ClipId("0".repeat(64)))));
    }

    private static void read(ClusterReportJson.Told told) {
        ClusterReportJson report = new ClusterReportJson(ID, ORDER, "w", "so", told);
        assertThat(ClusterReportJson.read(report.write())).isEqualTo(report);
    }

    @Test
    void an_order_is_read_back_with_its_parcels_and_has_one_name() {
        Experiment experiment = new RandomResults(7).result().experiment();
        ClipId clip = experiment.clips().getFirst().id();
        ClusterOrderJson order =
                new ClusterOrderJson(experiment, Map.of(clip, List.of(ORDER, RESULT)));
        byte[] bytes = order.write();
        assertThat(ClusterOrderJson.read(bytes)).isEqualTo(order);
        assertThat(ClusterOrderJson.read(bytes).write()).isEqualTo(bytes);
    }

    @Test
    void a_pulse_tells_the_events_that_were_not_heard_yet() {
        Progress.Event first = phase(1);
        Progress.Event second = phase(2);
        ClusterPulseJson pulse =
                ClusterPulseJson.read(new ClusterPulseJson("w", 7, List.of(first, second)).write());
        assertThat(pulse.after(7)).isEmpty();
        assertThat(pulse.after(9)).isEmpty();
        assertThat(pulse.after(6)).containsExactly(second);
        assertThat(pulse.after(0)).containsExactly(first, second);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"schema\":\"cluster-ticket/2\"}",
                "{\"schema\":\"cluster-ticket/1\",\"experiment_id\":\"../x\"}",
                "{\"schema\":\"cluster-ticket/1\",\"experiment_id\":\"x\",\"order\":\"ab\"}"
            })
    void what_is_no_ticket_is_refused(String text) {
        assertThatThrownBy(() -> ClusterTicketJson.read(text))
                .isInstanceOf(JsonFormatException.class);
        assertThatThrownBy(() -> ClusterReportJson.read(text))
                .isInstanceOf(JsonFormatException.class);
        assertThatThrownBy(() -> ClusterPulseJson.read(text))
                .isInstanceOf(JsonFormatException.class);
        assertThatThrownBy(() -> ClusterOrderJson.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonFormatException.class);
    }

    @Test
    void a_text_that_is_too_long_is_refused_before_it_is_read() {
        String ticket = TICKET.write() + " ".repeat(ClusterTicketJson.LENGTH_MAX);
        assertThatThrownBy(() -> ClusterTicketJson.read(ticket))
                .hasMessageContaining("ticket: expected at most 16384 characters");
        String pulse = " ".repeat(ClusterPulseJson.LENGTH_MAX + 1);
        assertThatThrownBy(() -> ClusterPulseJson.read(pulse))
                .hasMessageContaining("pulse: expected at most 262144 characters");
    }

    @Test
    void a_report_tells_one_thing() {
        String neither = REPORT.write().replace('"' + RESULT.sha256() + '"', "null");
        String both = REPORT.write().replace("\"result\"", "\"is_passed\":true,\"result\"");
        String unpassed =
                REPORT.write()
                        .replace(
                                "\"result\":\"%s\"".formatted(RESULT.sha256()),
                                "\"is_passed\":false");
        for (String wrong : new String[] {neither, both, unpassed}) {
            assertThatThrownBy(() -> ClusterReportJson.read(wrong))
                    .isInstanceOf(JsonFormatException.class)
                    .hasMessageContaining("expected one of result, lacked_clips and is_passed");
        }
    }

    @Test
    void a_queue_with_anything_odd_in_it_is_refused() {
        String odd = TICKET.write().replace("cpu", "c pu");
        assertThatThrownBy(() -> ClusterTicketJson.read(odd)).hasMessageContaining("queue:");
    }

    private static Progress.Event phase(int frame) {
        return new Progress.Event.Phase(ID, "c", 0, Stage.ENCODE, frame, 2);
    }
}
