package aiv1.domain.campaign;

/// Something that failed experiments have in common and others lack, such as a worker where nearly
/// all fail that go well elsewhere.
///
/// Of `tried` experiments with this `value` (for a clip: runs) `failed` failed; of all others
/// `failedElsewhere` of `triedElsewhere`. Nothing tried elsewhere means that there is nothing to
/// compare with.
public record Suspect(
        Kind kind, String value, int failed, int tried, int failedElsewhere, int triedElsewhere) {
    /// What may be to blame in place of the codecs.
    public enum Kind {
        CONTRACT("contract"),
        BUILD("build"),
        WORKER("worker"),
        CLIP("clip");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /// Such as `worker two: 12 of 12 failed, elsewhere 1 of 30`.
    public String text() {
        return triedElsewhere == 0
                ? "%s %s: %d of %d failed, and there was no other to compare with"
                        .formatted(kind.label(), value, failed, tried)
                : "%s %s: %d of %d failed, elsewhere %d of %d"
                        .formatted(
                                kind.label(),
                                value,
                                failed,
                                tried,
                                failedElsewhere,
                                triedElsewhere);
    }
}
