package aiv1.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SquaredErrorTest {
    @Test
    void plain_and_vector_are_equal_on_any_length_and_offset() {
        Random random = new Random(5);
        SquaredError plain = new PlainSquaredError();
        SquaredError vector = new VectorSquaredError();
        for (int round = 0; round < 200; round++) {
            byte[] a = new byte[random.nextInt(1, 5000)];
            byte[] b = new byte[a.length];
            random.nextBytes(a);
            random.nextBytes(b);
            int offset = random.nextInt(a.length);
            int count = random.nextInt(a.length - offset + 1);
            long expected = 0;
            for (int i = offset; i < offset + count; i++) {
                long d = (a[i] & 0xff) - (b[i] & 0xff);
                expected += d * d;
            }
            assertThat(plain.sum(a, b, offset, count)).isEqualTo(expected);
            assertThat(vector.sum(a, b, offset, count)).isEqualTo(expected);
        }
    }

    @Test
    void the_greatest_errors_do_not_overflow() {
        byte[] black = new byte[4096 * 2160];
        byte[] white = new byte[black.length];
        Arrays.fill(white, (byte) 255);
        long expected = 255L * 255 * black.length;
        assertThat(new PlainSquaredError().sum(black, white, 0, black.length)).isEqualTo(expected);
        assertThat(new VectorSquaredError().sum(black, white, 0, black.length)).isEqualTo(expected);
    }

    @Test
    void equal_pictures_have_a_similarity_of_one_and_unequal_ones_less() {
        byte[] picture = new byte[64 * 48];
        new Random(1).nextBytes(picture);
        byte[] other = picture.clone();
        other[20] ^= 64;
        BlockSsim ssim = new BlockSsim(64, 48);
        assertThat(ssim.mean(picture, picture)).isCloseTo(1, within(1e-12));
        assertThat(ssim.mean(picture, other)).isLessThan(1).isGreaterThan(0.9);
    }
}
