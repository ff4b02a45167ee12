package aiv1.media;

/// Hears that an anchor's point is being computed: `number` of `count`, from 1.
@FunctionalInterface
public interface AnchorListener {
    void point(int number, int count);
}
