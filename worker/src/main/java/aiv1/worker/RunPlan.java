package aiv1.worker;

import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunResult;

/// A run that is to be done: which clip, which quality level, and whether its decode is verified.
record RunPlan(Clip clip, int quality, boolean isVerified) {
    RunResult ended(RunOutcome outcome) {
        return new RunResult(clip.name(), quality, outcome);
    }
}
