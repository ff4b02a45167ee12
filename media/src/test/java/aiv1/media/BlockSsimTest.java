package aiv1.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockSsimTest {
    @Test
    void a_plane_is_one_to_itself() {
        byte[] noise = new byte[64 * 48];
        new Random(1).nextBytes(noise);
        assertThat(new BlockSsim(64, 48).mean(noise, noise.clone())).isEqualTo(1);
    }

    @Test
    void black_and_white_are_one_to_themselves() {
        byte[] white = new byte[64 * 48];
        Arrays.fill(white, (byte) 255);
        assertThat(new BlockSsim(64, 48).mean(white, white.clone())).isEqualTo(1);
        assertThat(new BlockSsim(64, 48).mean(new byte[64 * 48], new byte[64 * 48])).isEqualTo(1);
    }

    /// Flat planes have no variance, so only the luminance term is left: C1 / (255^2 + C1), where
    /// the metric rounds C1 times 64 to 416.
    @Test
    void black_against_white_is_the_luminance_term() {
        byte[] white = new byte[64 * 48];
        Arrays.fill(white, (byte) 255);
        double sums = 255.0 * 64;
        double expected = 416 / (sums * sums + 416);
        assertThat(new BlockSsim(64, 48).mean(new byte[64 * 48], white))
                .isCloseTo(expected, within(1e-15));
    }

    /// The structure of one is the other's mirrored: less than nothing in common.
    @Test
    void an_inverted_plane_is_negative() {
        byte[] noise = new byte[64 * 48];
        new Random(2).nextBytes(noise);
        byte[] inverted = new byte[noise.length];
        for (int i = 0; i < noise.length; i++) {
            inverted[i] = (byte) ~noise[i];
        }
        assertThat(new BlockSsim(64, 48).mean(noise, inverted)).isLessThan(-.8);
    }

    @Test
    void is_symmetric() {
        byte[] a = new byte[64 * 48];
        byte[] b = new byte[64 * 48];
        new Random(3).nextBytes(a);
        new Random(4).nextBytes(b);
        BlockSsim ssim = new BlockSsim(64, 48);
        assertThat(ssim.mean(a, b)).isCloseTo(ssim.mean(b, a), within(1e-15));
    }

    @Test
    void rows_and_columns_that_fill_no_block_do_not_count() {
        byte[] a = new byte[18 * 14];
        byte[] b = new byte[a.length];
        for (int y = 0; y < 14; y++) {
            for (int x = 0; x < 18; x++) {
                b[y * 18 + x] = (byte) (x >= 16 || y >= 12 ? 200 : 0);
            }
        }
        assertThat(new BlockSsim(18, 14).mean(a, b)).isEqualTo(1);
    }

    @Test
    void a_plane_below_one_window_is_refused() {
        assertThatThrownBy(() -> new BlockSsim(6, 8).mean(new byte[48], new byte[48]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8x8");
    }

    @Test
    void plain_and_vector_agree_on_random_planes_of_any_size() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            int width = 8 + random.nextInt(300);
            int height = 8 + random.nextInt(40);
            byte[] a = new byte[width * height];
            byte[] b = new byte[width * height];
            random.nextBytes(a);
            random.nextBytes(b);
            if (round % 3 == 0) {
                for (int i = 0; i < a.length; i++) {
                    a[i] = (byte) (random.nextBoolean() ? 255 : 0);
                    b[i] = (byte) (random.nextInt(9) == 0 ? ~a[i] : a[i]);
                }
            }
            double plain = new BlockSsim(width, height, new PlainBlockSums()).mean(a, b);
            double vector = new BlockSsim(width, height, new VectorBlockSums()).mean(a, b);
            assertThat(vector).as("%dx%d", width, height).isCloseTo(plain, within(1e-12));
        }
    }

    @Test
    void the_largest_sums_do_not_overflow() {
        byte[] white = new byte[640 * 16];
        byte[] black = new byte[white.length];
        Arrays.fill(white, (byte) 255);
        for (BlockSums sums : new BlockSums[] {new PlainBlockSums(), new VectorBlockSums()}) {
            assertThat(new BlockSsim(640, 16, sums).mean(white, white)).isEqualTo(1);
            assertThat(new BlockSsim(640, 16, sums).mean(white, black))
                    .isCloseTo(new BlockSsim(640, 16, sums).mean(black, white), within(1e-15))
                    .isBetween(1e-6, 2e-6);
        }
    }
}
