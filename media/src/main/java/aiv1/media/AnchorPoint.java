package aiv1.media;

import aiv1.domain.rd.Distortion;

/// One rate point of an anchor: the encoder's setting, the bytes of its elementary stream, how it
/// looks, and the CPU time of encoding (one thread, reading the clip included).
public record AnchorPoint(
        int setting, long streamBytes, Distortion distortion, double encodeCpuSeconds) {}
