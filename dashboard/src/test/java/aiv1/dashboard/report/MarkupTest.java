package aiv1.dashboard.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkupTest {
    @Test
    void text_never_becomes_markup() {
        String html =
                new Markup()
                        .element("h1", "<script>alert('1')</script> & \"x\"")
                        .row("td", "<b>", "\u0000")
                        .toString();
        assertThat(html)
                .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;")
                .contains("<td>&lt;b&gt;</td><td>\uFFFD</td>")
                .doesNotContain("<script>", "<b>");
    }

    @Test
    void numbers_and_what_is_missing_stand_to_the_right() {
        assertThat(
                        new Markup()
                                .row("td", "cars", "+47.3", "\u22121.5", "\u2014 (no overlap)")
                                .toString())
                .isEqualTo(
                        "<tr><td>cars</td><td class=\"n\">+47.3</td><td class=\"n\">\u22121.5</td>"
                                + "<td class=\"n\">\u2014 (no overlap)</td></tr>\n");
    }

    @Test
    void a_plot_says_what_each_point_is_and_a_name_in_it_stays_text() {
        Markup out = new Markup();
        new Plot(
                        "<cars>",
                        "kbit/s",
                        "dB",
                        true,
                        List.of(
                                new Plot.Series(
                                        "<me>",
                                        List.of(
                                                new Plot.Point(100, 30, "quality 0: 100 kbit/s"),
                                                new Plot.Point(
                                                        1000, 40, "quality 1: 1000 kbit/s")))))
                .write(out);
        assertThat(out.toString())
                .contains(
                        "<title>quality 0: 100 kbit/s</title>",
                        "&lt;me&gt;",
                        ">200<",
                        ">500<",
                        "kbit/s (log)")
                .doesNotContain("<me>", "<cars>", "NaN", "Infinity");
    }

    @Test
    void a_plot_of_nothing_says_so() {
        Markup out = new Markup();
        new Plot("cars", "frame", "dB", false, List.of(new Plot.Series("q0", List.of())))
                .write(out);
        assertThat(out.toString()).contains("cars: nothing was measured.").doesNotContain("<svg");
    }

    @Test
    void frames_are_read_by_the_names_of_their_columns() {
        List<FrameQuality> frames =
                FrameQuality.read(
                        "frame,ssim_y,psnr_v_db,psnr_u_db,psnr_y_db\n0,0.9,40,40,32\n1,0.9,41,41,33\n");
        assertThat(frames).extracting(FrameQuality::frame).containsExactly(0, 1);
        assertThat(frames.getFirst().psnrYuvDb()).isBetween(32.0, 40.0);
    }
}
