package aiv1.domain.experiment;

import aiv1.domain.rd.BdRate;

/// One BD-rate of an experiment: on which clip, against which anchor, by which metric, and what
/// counts as rate.
public record BdEntry(String clip, String anchor, String metric, RateKind rate, BdRate bdRate) {
    /// The headline metric's name.
    public static final String PSNR_YUV = "psnr-yuv";
}
