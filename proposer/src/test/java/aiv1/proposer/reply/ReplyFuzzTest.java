package aiv1.proposer.reply;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a reply holds, there is an answer, and it comes in time.
class ReplyFuzzTest {
    private static final int LENGTH = 2_000_000;
    private static final List<String> PIECES =
            List.of(
                    "```",
                    "\n```\n",
                    "\n```python encoder.py\n",
                    "\n~~~~\n",
                    "\n<<<<<<< SEARCH\n",
                    "\n=======\n",
                    "\n>>>>>>> REPLACE\n",
                    "\n<encoder>\n",
                    "\n</decoder>\n",
                    "\n<think>\n",
                    "</think>",
                    "{\"encoder\": \"",
                    "\n# decoder.py\n",
                    "\0",
                    "\ud83d",
                    "\r",
                    "\u0130",
                    "\ndef decode(bitstream):\n",
                    "\n@@ -1,2 +1,2 @@\n",
                    "\n```c encoder.c\n",
                    "\n```c\n",
                    "\n```c common.h\n",
                    "\n// decoder.c\n",
                    "\n/* ",
                    " */",
                    "#include \"common.h\"\n",
                    "\nint encode(const clip_t *clip, int quality, sink_t *out) {\n",
                    "\nint decode(");

    @Test
    @Timeout(120)
    void splices_truncations_and_mutations_of_the_corpus_get_an_answer() {
        List<ReplyCorpus.Row> rows = ReplyCorpus.rows();
        SplittableRandom random = new SplittableRandom(20261123);
        int found = 0;
        for (int round = 0; round < 10_000; round++) {
            String first = rows.get(random.nextInt(rows.size())).reply();
            String second = rows.get(random.nextInt(rows.size())).reply();
            String reply =
                    switch (random.nextInt(4)) {
                        case 0 -> first.substring(0, random.nextInt(first.length() + 1));
                        case 1 ->
                                first.substring(0, random.nextInt(first.length() + 1))
                                        + second.substring(random.nextInt(second.length() + 1));
                        case 2 -> mutated(first, random);
                        default -> mutated(first + second, random);
                    };
            Optional<Candidate> parent =
                    switch (random.nextInt(4)) {
                        case 0 -> Optional.of(ReplyCorpus.PARENT);
                        case 1 -> Optional.of(ReplyCorpus.PARENT_IN_C);
                        default -> Optional.empty();
                    };
            switch (ReplyParser.parse(reply, parent)) {
                case ParsedReply.Found(Candidate candidate, String rationale, List<String> all) -> {
                    found++;
                    assertThat(candidate.encoder()).isNotBlank().doesNotContain("\0");
                    assertThat(rationale.length()).isLessThanOrEqualTo(Rationale.LENGTH_MAX);
                }
                case ParsedReply.Unparsable(String reason) ->
                        assertThat(reason).contains(": expected ").doesNotContain("\n");
            }
        }
        assertThat(found).isBetween(1_000, 9_000);
    }

    static List<String> adversaries() {
        return List.of(
                "`",
                "~",
                "<",
                ">",
                "=",
                "{",
                "[{",
                "{\"a\":",
                "\n",
                " ",
                "\t\n",
                "# ",
                "*",
                "a",
                "a.py ",
                "```\n",
                "```\n```\n",
                "````\n```\n",
                "``` x\n",
                "```python encoder.py\n",
                "```python encoder.py\ndef encode(clip):\n```\n",
                "encoder:\n```\nx\n```\n",
                "```\ndef encode(\n```\n",
                "def encode(\ndef decode(\n",
                "<encoder>\n",
                "<encoder>\n</encoder>\n",
                "<encoder></decoder>\n",
                "<<<<<<< SEARCH\n",
                "<<<<<<< SEARCH\n=======\n>>>>>>> REPLACE\n",
                "<<<<<<< SEARCH\nimport zlib\n=======\nimport zlib\n>>>>>>> REPLACE\n",
                "<think>",
                "<think>\n</think>\n",
                "</think>\n",
                "- - - ",
                "1. ```\n",
                "{\"encoder\": \"x\"}\n",
                "```json\n{\"encoder\": \n```\n",
                "\\\"",
                "# ... rest\n",
                "--- a\n",
                "int encode(",
                "int encode(\n",
                "int encode(){\n",
                "int\n",
                "/*\n",
                "#include \"common.h\"\n",
                "```c\n",
                "```c\nint decode(\n```\n",
                "```c encoder.c\n",
                "```c encoder.c\nint encode() {\n```\n",
                "// encoder.c\n// decoder.c\n",
                "\ud83d",
                "\r");
    }

    @ParameterizedTest
    @MethodSource("adversaries")
    @Timeout(20)
    void two_million_hostile_characters_take_linear_time(String piece) {
        String repeated = piece.repeat(LENGTH / piece.length());
        List<String> replies =
                List.of(
                        repeated,
                        "```python encoder.py\n" + repeated,
                        "{\"encoding_code\": \"" + repeated,
                        "<<<<<<< SEARCH\n" + repeated + "\n=======\nx\n>>>>>>> REPLACE\n```\n");
        for (String reply : replies) {
            assertThat(ReplyParser.parse(reply, Optional.of(ReplyCorpus.PARENT))).isNotNull();
        }
    }

    @Test
    @Timeout(60)
    void many_edits_of_a_large_parent_take_bounded_time() {
        Candidate large = parent("\n".repeat(1_000_000));
        String edit = "<<<<<<< SEARCH\n\n\n\nx = 1\n=======\n\n\n\nx = 1\n>>>>>>> REPLACE\n";
        String reply = "```python encoder.py\n" + edit.repeat(200) + "```\n";
        assertThat(ReplyParser.parse(reply, Optional.of(large)))
                .isInstanceOf(ParsedReply.Found.class);
        assertThat(
                        ReplyParser.parse(
                                "```python encoder.py\n" + edit.repeat(201) + "```\n",
                                Optional.of(large)))
                .isEqualTo(
                        new ParsedReply.Unparsable("reply: expected at most 200 edits, got more"));
    }

    @Test
    void a_part_that_outgrows_a_candidate_is_refused() {
        Candidate large = parent("#".repeat(Candidate.SOURCE_LENGTH_MAX - 1_000_000));
        String reply =
                "```python encoder.py\n<<<<<<< SEARCH\nx = 1\n=======\n%s\n>>>>>>> REPLACE\n```\n"
                        .formatted("#".repeat(1_500_000));
        assertThat(ReplyParser.parse(reply, Optional.of(large)))
                .isInstanceOfSatisfying(
                        ParsedReply.Unparsable.class,
                        refused ->
                                assertThat(refused.reason())
                                        .startsWith(
                                                "encoder.py: expected at most 4194304 characters"));
    }

    @Test
    void a_reply_that_is_too_long_is_refused() {
        assertThat(ReplyParser.parse("a".repeat(2_097_153), Optional.empty()))
                .isEqualTo(
                        new ParsedReply.Unparsable(
                                "reply: expected at most 2097152 characters, got 2097153"));
    }

    private static Candidate parent(String filling) {
        return new Candidate(
                Map.of(Part.ENCODER, filling + "\nx = 1\n", Part.DECODER, "x = 2\n"),
                Contract.NATIVE);
    }

    private static String mutated(String text, SplittableRandom random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int count = random.nextInt(1, 6); count > 0; count--) {
            int at = random.nextInt(mutated.length() + 1);
            int end = Math.min(mutated.length(), at + random.nextInt(8));
            String piece =
                    random.nextInt(3) == 0
                            ? String.valueOf((char) random.nextInt(1 << 16))
                            : PIECES.get(random.nextInt(PIECES.size()));
            mutated.replace(at, random.nextBoolean() ? at : end, piece);
        }
        return mutated.toString();
    }
}
