package aiv1.media;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Squared errors by the Vector API: differences in 16 bits, squares in 32, sums taken before they
/// can overflow.
final class VectorSquaredError implements SquaredError {
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(
                    byte.class,
                    jdk.incubator.vector.VectorShape.forBitSize(SHORTS.vectorBitSize() / 2));
    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, SHORTS.vectorShape());
    private static final PlainSquaredError PLAIN = new PlainSquaredError();

    /// Each step adds at most 2 * 255^2 to a lane, and the lanes are summed in an int: so many
    /// steps stay below 2^31 all together.
    private static final int STEPS_MAX = (1 << 14) / INTS.length();

    @Override
    public long sum(byte[] a, byte[] b, int offset, int count) {
        long total = 0;
        int lanes = BYTES.length();
        int end = offset + count;
        int i = offset;
        while (i + lanes <= end) {
            IntVector sums = IntVector.zero(INTS);
            for (int step = 0; step < STEPS_MAX && i + lanes <= end; step++, i += lanes) {
                ShortVector p = widened(ByteVector.fromArray(BYTES, a, i));
                ShortVector q = widened(ByteVector.fromArray(BYTES, b, i));
                IntVector pairs = p.sub(q).reinterpretAsInts();
                IntVector low =
                        pairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16);
                IntVector high = pairs.lanewise(VectorOperators.ASHR, 16);
                sums = sums.add(low.mul(low)).add(high.mul(high));
            }
            total += sums.reduceLanes(VectorOperators.ADD);
        }
        return total + PLAIN.sum(a, b, i, end - i);
    }

    private static ShortVector widened(ByteVector bytes) {
        return (ShortVector) bytes.convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
    }
}
