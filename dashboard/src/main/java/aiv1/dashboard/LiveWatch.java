package aiv1.dashboard;

import aiv1.domain.experiment.CampaignId;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The seam to what campaigns in other programs say of themselves. Thread-safe.
@FunctionalInterface
public interface LiveWatch {
    /// The latest that each of them said, however long ago.
    List<Said> look();

    /// Of a page that hears nobody else.
    LiveWatch NONE = List::of;

    /// What a campaign said at `at`, by this machine's clock.
    record Said(CampaignId campaign, long processId, Instant at, List<Row> experiments) {
        public Said {
            experiments = List.copyOf(experiments);
        }
    }

    /// An experiment that it carried out then.
    record Row(
            ExperimentId experiment,
            Instant since,
            Optional<Progress.Event.Phase> phase,
            int doneRuns) {
        public Row at(Progress.Event.Phase latest) {
            return new Row(experiment, since, Optional.of(latest), doneRuns);
        }

        public Row withRunEnded() {
            return new Row(experiment, since, phase, doneRuns + 1);
        }
    }
}
