package aiv1.domain.campaign;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Independent streams of chance from one campaign's seed: what happens at step `index` depends on
/// the seed and the index alone, so a resumed campaign equals an uninterrupted one without any
/// stored state.
public final class Seeds {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private Seeds() {}

    /// A seed for step `index` (>= 0): the finaliser of SplitMix64 (Steele, Lea and Flood 2014)
    /// over seed and index.
    public static long at(long seed, int index) {
        long z = seed + GOLDEN_GAMMA * (index + 1L);
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /// A generator that starts at `seed`, the same algorithm on every platform.
    public static RandomGenerator generator(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
