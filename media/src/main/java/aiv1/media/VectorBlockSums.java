package aiv1.media;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Block sums by the Vector API. Four samples side by side are one lane of 32 bits, so a block sums
/// up in its own lane.
///
/// A lane is split into its even and its odd samples, two of 16 bits each; a product of two samples
/// fills 16 bits, unsigned, and is added up in 32.
final class VectorBlockSums implements BlockSums {
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, BYTES.vectorShape());
    private static final IntVector EVEN = IntVector.broadcast(INTS, 0x00ff00ff);
    private static final IntVector LOW_HALF = IntVector.broadcast(INTS, 0xffff);

    /// One short loop for each sum: more in one is more than the compiler inlines.
    @Override
    public void sum(byte[] a, byte[] b, int start, int width, Row into) {
        int end = into.columns() - into.columns() % INTS.length();
        sumSamples(a, start, width, into.first(), end);
        sumSamples(b, start, width, into.second(), end);
        sumProducts(a, a, start, width, into.squares(), end);
        sumProducts(b, b, start, width, into.products(), end);
        for (int i = 0; i < end; i++) {
            into.squares()[i] += into.products()[i];
        }
        sumProducts(a, b, start, width, into.products(), end);
        PlainBlockSums.sum(a, b, start, width, into, end);
    }

    private static void sumSamples(byte[] a, int start, int width, int[] into, int end) {
        for (int column = 0; column < end; column += INTS.length()) {
            IntVector pairs = IntVector.zero(INTS);
            for (int y = 0; y < 4; y++) {
                IntVector samples = load(a, start + y * width + 4 * column);
                pairs = pairs.add(samples.and(EVEN)).add(shifted(samples));
            }
            halves(pairs).intoArray(into, column);
        }
    }

    private static void sumProducts(byte[] a, byte[] b, int start, int width, int[] into, int end) {
        for (int column = 0; column < end; column += INTS.length()) {
            IntVector sums = IntVector.zero(INTS);
            for (int y = 0; y < 4; y++) {
                int at = start + y * width + 4 * column;
                IntVector p = load(a, at);
                IntVector q = load(b, at);
                ShortVector even = samples(p.and(EVEN)).mul(samples(q.and(EVEN)));
                ShortVector odd = samples(shifted(p)).mul(samples(shifted(q)));
                sums = sums.add(halves(even.reinterpretAsInts()));
                sums = sums.add(halves(odd.reinterpretAsInts()));
            }
            sums.intoArray(into, column);
        }
    }

    private static IntVector load(byte[] samples, int at) {
        return ByteVector.fromArray(BYTES, samples, at).reinterpretAsInts();
    }

    private static IntVector shifted(IntVector samples) {
        return samples.lanewise(VectorOperators.LSHR, 8).and(EVEN);
    }

    private static ShortVector samples(IntVector pairs) {
        return pairs.reinterpretAsShorts();
    }

    private static IntVector halves(IntVector pairs) {
        return pairs.and(LOW_HALF).add(pairs.lanewise(VectorOperators.LSHR, 16));
    }
}
