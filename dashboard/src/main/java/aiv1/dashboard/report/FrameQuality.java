package aiv1.dashboard.report;

import aiv1.domain.rd.Psnr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The quality of one frame of a run: its number, from 0, and PSNR-YUV in dB (infinite when nothing
/// differs).
record FrameQuality(int frame, double psnrYuvDb) {
    /// The frames of a table as the meter wrote it, in its order.
    static List<FrameQuality> read(String csv) {
        List<String> lines = csv.lines().toList();
        List<FrameQuality> frames = new ArrayList<>();
        if (lines.isEmpty()) {
            return frames;
        }
        List<String> names = Arrays.asList(lines.getFirst().split(",", -1));
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            frames.add(
                    new FrameQuality(
                            Integer.parseInt(cells[place(names, "frame")]),
                            Psnr.weighted1411(
                                    number(cells, names, "psnr_y_db"),
                                    number(cells, names, "psnr_u_db"),
                                    number(cells, names, "psnr_v_db"))));
        }
        return frames;
    }

    private static double number(String[] cells, List<String> names, String name) {
        return Double.parseDouble(cells[place(names, name)]);
    }

    private static int place(List<String> names, String name) {
        int place = names.indexOf(name);
        if (place < 0) {
            throw new IllegalArgumentException(
                    "frames: expected a column %s, got %s".formatted(name, names));
        }
        return place;
    }
}
