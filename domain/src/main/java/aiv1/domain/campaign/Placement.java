package aiv1.domain.campaign;

/// Which measured results have a place among others, whoever ranks them.
public final class Placement {
    /// Least share of the range that both curves span together: one that meets the anchor's only at
    /// its edge says nothing of the codec elsewhere.
    public static final double OVERLAP_MIN = 0.4;

    /// How the label of a candidate begins that calls a ready-made codec, and so has no place.
    public static final String BORROWED = "calls an existing codec";

    private Placement() {}
}
