package aiv1.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Both ways of summing are held against a loop over `long`, which cannot overflow.
class SquaredErrorTest {
    private static final SquaredError PLAIN = new PlainSquaredError();
    private static final SquaredError VECTOR = new VectorSquaredError();

    @Test
    void random_runs_of_odd_lengths_and_offsets_agree() {
        Random random = new Random(20_260_101);
        byte[] a = new byte[100_003];
        byte[] b = new byte[a.length];
        for (int round = 0; round < 300; round++) {
            random.nextBytes(a);
            random.nextBytes(b);
            int offset = random.nextInt(200);
            int count = random.nextInt(round % 10 == 0 ? a.length - offset : 300);
            requireEqual(a, b, offset, count);
        }
    }

    @Test
    void every_short_length_agrees() {
        byte[] a = new byte[400];
        byte[] b = new byte[a.length];
        new Random(7).nextBytes(a);
        for (int count = 0; count <= 200; count++) {
            requireEqual(a, b, count % 7, count);
        }
    }

    /// 4K luma and more, at the largest difference: 2^31 is passed after 33026 samples.
    @Test
    void the_largest_differences_do_not_overflow() {
        byte[] black = new byte[9_000_001];
        byte[] white = new byte[black.length];
        Arrays.fill(white, (byte) 255);
        long expected = 255L * 255 * black.length;
        assertThat(PLAIN.sum(black, white, 0, black.length)).isEqualTo(expected);
        assertThat(PLAIN.sum(white, black, 0, black.length)).isEqualTo(expected);
        assertThat(VECTOR.sum(black, white, 0, black.length)).isEqualTo(expected);
        assertThat(VECTOR.sum(white, black, 0, black.length)).isEqualTo(expected);
    }

    @Test
    void extremes_in_random_order_agree() {
        Random random = new Random(11);
        byte[] a = new byte[70_001];
        byte[] b = new byte[a.length];
        for (int i = 0; i < a.length; i++) {
            a[i] = (byte) (random.nextBoolean() ? 255 : 0);
            b[i] = (byte) (random.nextBoolean() ? 255 : 0);
        }
        requireEqual(a, b, 3, a.length - 3);
    }

    @Test
    void samples_outside_the_run_do_not_count() {
        byte[] a = new byte[1000];
        byte[] b = new byte[1000];
        Arrays.fill(b, 0, 101, (byte) 9);
        Arrays.fill(b, 900, 1000, (byte) 9);
        assertThat(PLAIN.sum(a, b, 101, 799)).isZero();
        assertThat(VECTOR.sum(a, b, 101, 799)).isZero();
    }

    @Test
    void the_tests_run_with_the_vector_form() {
        assertThat(SquaredError.best()).isInstanceOf(VectorSquaredError.class);
    }

    private static void requireEqual(byte[] a, byte[] b, int offset, int count) {
        long expected = 0;
        for (int i = offset; i < offset + count; i++) {
            long d = Byte.toUnsignedInt(a[i]) - Byte.toUnsignedInt(b[i]);
            expected += d * d;
        }
        assertThat(PLAIN.sum(a, b, offset, count))
                .as("plain, %d from %d", count, offset)
                .isEqualTo(expected);
        assertThat(VECTOR.sum(a, b, offset, count))
                .as("vector, %d from %d", count, offset)
                .isEqualTo(expected);
    }
}
