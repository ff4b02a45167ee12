package aiv1.proposer.reply;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The ugly replies beside this class's resources, and the table of what becomes of each.
final class ReplyCorpus {
    static final Candidate PARENT =
            new Candidate(
                    Map.of(
                            Part.ENCODER,
                            text("parent-encoder.py"),
                            Part.DECODER,
                            text("parent-decoder.py")),
                    Contract.NATIVE);

    static final Candidate PARENT_IN_C =
            new Candidate(
                    Map.of(
                            Part.ENCODER_C,
                            text("parent-encoder.c"),
                            Part.DECODER_C,
                            text("parent-decoder.c"),
                            Part.COMMON_H,
                            text("parent-common.h")),
                    Contract.NATIVE);

    private ReplyCorpus() {}

    /// One row: `parent` is none, the one in Python or the one in C; `parts` are the contract, the
    /// parts in order, and after a slash those that are of such a parent to the letter; `telling`
    /// is part of a remark or of the reason.
    record Row(
            String file,
            Optional<Candidate> parent,
            boolean isFound,
            String parts,
            String telling) {
        String reply() {
            return text(file);
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static List<Row> rows() {
        return text("outcomes.tsv").lines().skip(1).map(ReplyCorpus::row).toList();
    }

    private static Row row(String line) {
        String[] cells = line.split("\t", -1);
        assertThat(cells).as(line).hasSize(5);
        return new Row(
                cells[0],
                parent(cells[1]),
                cells[2].equals("found"),
                cells[3],
                cells[4].equals("-") ? "" : cells[4]);
    }

    private static Optional<Candidate> parent(String cell) {
        return switch (cell) {
            case "yes" -> Optional.of(PARENT);
            case "in C" -> Optional.of(PARENT_IN_C);
            default -> {
                assertThat(cell).isEqualTo("no");
                yield Optional.empty();
            }
        };
    }

    private static String text(String name) {
        try (InputStream file = ReplyCorpus.class.getResourceAsStream(name)) {
            assertThat(file).as(name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
