package aiv1.media;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// SSIM by the Vector API. Four samples side by side are one lane of 32 bits, so a block sums up in
/// its own lane.
///
/// A lane is split into its even and its odd samples, two of 16 bits each; a product of two samples
/// fills 16 bits, unsigned, and is added up in 32.
final class VectorSsimKernel implements SsimKernel {
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, BYTES.vectorShape());
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> HALF_INTS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));
    private static final PlainSsimKernel PLAIN = new PlainSsimKernel();
    private static final int EVEN_BYTES = 0x00ff00ff;
    private static final int LOW_HALF = 0xffff;

    @Override
    public void sumBlocks(byte[] a, byte[] b, int start, int width, BlockRow into) {
        int lanes = INTS.length();
        int column = 0;
        for (; column + lanes <= into.columns(); column += lanes) {
            IntVector first = IntVector.zero(INTS);
            IntVector second = IntVector.zero(INTS);
            IntVector squares = IntVector.zero(INTS);
            IntVector products = IntVector.zero(INTS);
            for (int y = 0; y < 4; y++) {
                int at = start + y * width + 4 * column;
                IntVector p = ByteVector.fromArray(BYTES, a, at).reinterpretAsInts();
                IntVector q = ByteVector.fromArray(BYTES, b, at).reinterpretAsInts();
                IntVector evenP = p.and(EVEN_BYTES);
                IntVector evenQ = q.and(EVEN_BYTES);
                IntVector oddP = p.lanewise(VectorOperators.LSHR, 8).and(EVEN_BYTES);
                IntVector oddQ = q.lanewise(VectorOperators.LSHR, 8).and(EVEN_BYTES);
                first = first.add(evenP).add(oddP);
                second = second.add(evenQ).add(oddQ);
                squares =
                        squares.add(product(evenP, evenP))
                                .add(product(oddP, oddP))
                                .add(product(evenQ, evenQ))
                                .add(product(oddQ, oddQ));
                products = products.add(product(evenP, evenQ)).add(product(oddP, oddQ));
            }
            halves(first).intoArray(into.first(), column);
            halves(second).intoArray(into.second(), column);
            squares.intoArray(into.squares(), column);
            products.intoArray(into.products(), column);
        }
        PLAIN.sumBlocks(a, b, start, width, into, column);
    }

    @Override
    public double sumWindows(BlockRow above, BlockRow below) {
        int lanes = DOUBLES.length();
        int windows = above.columns() - 1;
        DoubleVector sums = DoubleVector.zero(DOUBLES);
        int i = 0;
        for (; i + lanes <= windows; i += lanes) {
            IntVector first = window(above.first(), below.first(), i);
            IntVector second = window(above.second(), below.second(), i);
            IntVector squares = window(above.squares(), below.squares(), i);
            IntVector products = window(above.products(), below.products(), i);
            IntVector cross = first.mul(second);
            IntVector power = first.mul(first).add(second.mul(second));
            IntVector covariance = products.lanewise(VectorOperators.LSHL, 6).sub(cross);
            IntVector variance = squares.lanewise(VectorOperators.LSHL, 6).sub(power);
            sums =
                    sums.add(
                            doubles(twice(cross).add(C1))
                                    .mul(doubles(twice(covariance).add(C2)))
                                    .div(doubles(power.add(C1)).mul(doubles(variance.add(C2)))));
        }
        return sums.reduceLanes(VectorOperators.ADD) + PLAIN.sumWindows(above, below, i);
    }

    /// In each lane the sum of both products of its halves.
    private static IntVector product(IntVector a, IntVector b) {
        ShortVector shorts = a.reinterpretAsShorts().mul(b.reinterpretAsShorts());
        return halves(shorts.reinterpretAsInts());
    }

    private static IntVector halves(IntVector pairs) {
        return pairs.and(LOW_HALF).add(pairs.lanewise(VectorOperators.LSHR, 16));
    }

    private static IntVector twice(IntVector value) {
        return value.lanewise(VectorOperators.LSHL, 1);
    }

    private static IntVector window(int[] above, int[] below, int i) {
        return IntVector.fromArray(HALF_INTS, above, i)
                .add(IntVector.fromArray(HALF_INTS, above, i + 1))
                .add(IntVector.fromArray(HALF_INTS, below, i))
                .add(IntVector.fromArray(HALF_INTS, below, i + 1));
    }

    private static DoubleVector doubles(IntVector ints) {
        return (DoubleVector) ints.convertShape(VectorOperators.I2D, DOUBLES, 0);
    }
}
