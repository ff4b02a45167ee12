package aiv1.worker;

import aiv1.domain.clip.Clip;

/// A run that is to be done: which clip, which quality level, and whether its decode is verified.
record RunPlan(Clip clip, int quality, boolean isVerified) {}
