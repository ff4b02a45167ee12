package aiv1.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.experiment.Failure;
import aiv1.domain.experiment.FailureCategory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is found in a candidate's source before any of it runs.
class ScreeningTest {
    private static final String DECODER = "def decode(bitstream):\n    return []\n";
    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = Sandbox.open(SandboxConfig.defaults());
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void a_syntax_error_is_told_with_part_and_line() {
        Failure failure = refused("x = 1\n", "\ndef decode(:\n");
        assertThat(failure.category()).isEqualTo(FailureCategory.SYNTAX);
        assertThat(failure.part()).contains(Part.DECODER);
        assertThat(failure.line()).hasValue(2);
    }

    @Test
    void a_name_that_is_nowhere_is_told_with_its_line() {
        Failure failure =
                refused(
                        "def encode(clip, quality):\n    x = 1\n    return zlib.compress(b'')\n",
                        DECODER);
        assertThat(failure.category()).isEqualTo(FailureCategory.MISSING_NAME);
        assertThat(failure.exception()).contains("NameError");
        assertThat(failure.part()).contains(Part.ENCODER);
        assertThat(failure.line()).hasValue(3);
        assertThat(failure.message()).isEqualTo("name 'zlib' is not defined");
    }

    @Test
    void a_module_that_is_not_offered_is_told_with_its_line() {
        Failure failure = refused("import numpy as np\nimport torch.nn\n", DECODER);
        assertThat(failure.category()).isEqualTo(FailureCategory.MISSING_IMPORT);
        assertThat(failure.line()).hasValue(2);
        assertThat(failure.message()).startsWith("No module named 'torch'");
    }

    /// What may be meant is not refused.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "try:\n    import torch\nexcept ImportError:\n    torch = None\n",
                "def f():\n    import torch\n",
                "def f():\n    return helper()\ndef helper():\n    return f\n",
                "def f():\n    global table\n    table = 1\ndef g():\n    return table\n",
                "def f():\n    def g():\n        return x\n    x = 1\n    return g\n",
                "class A:\n    size = 3\n    def f(self):\n        return __class__, self.size\n",
                "squares = [x * x for x in range(3)]\nlookup = lambda y: squares[y]\n",
                "def f():\n    try:\n        return unknown\n    except NameError:\n        return 0\n",
                "exec('made = 1')\ndef f():\n    return made\n",
                "from numpy import *\ndef f():\n    return zeros(3)\n",
                "from common import *\ndef f():\n    return shared(1)\n",
                "for i in range(3):\n    pass\nprint(i, __name__, __file__)\n",
                "import os.path as p\nwith open(p) as q:\n    print(p, q)\n",
                "match 3:\n    case n:\n        print(n)\n",
                "if (size := 3) > 2:\n    print(size)\ndel size\n",
                "x: int\ndef f(a: 'unknown') -> 'unknown':\n    y: int = 1\n    return y\nx = 3\n"
            })
    void what_may_be_meant_passes(String encoder) {
        Candidate candidate =
                new Candidate(
                        Map.of(
                                Part.ENCODER,
                                encoder,
                                Part.DECODER,
                                DECODER,
                                Part.COMMON,
                                "def shared(x):\n    return x\n"),
                        Contract.NATIVE);
        assertThat(sandbox.screen(candidate)).isInstanceOf(ScreenResult.Passed.class);
    }

    /// A branch that is never taken does no harm, so it is a remark and no failure.
    @Test
    void a_name_that_may_never_be_reached_is_a_remark() {
        String encoder =
                "def encode(clip, quality):\n    return bytes(1) if quality < 9 else BIG\n";
        assertThat(passed(encoder).labels())
                .containsExactly("may fail: name 'BIG' is not defined in encoder.py, line 2");
        assertThat(
                        passed("def encode(clip, quality):\n    return b''\n    print(after)\n")
                                .labels())
                .hasSize(1);
        assertThat(
                        refused(
                                        "def encode(clip, quality):\n    for frame in clip:\n        total = frame + offset\n    return total\n",
                                        DECODER)
                                .line())
                .hasValue(3);
        assertThat(refused("TABLE = range(SIZE)\n", DECODER).line()).hasValue(1);
    }

    @Test
    void existing_codecs_and_loops_over_samples_are_labelled() {
        ScreenResult.Passed passed =
                passed(
                        """
                        try:
                            import cv2 as c
                        except ImportError:
                            pass
                        import ctypes

                        def encode(clip, quality):
                            total = 0
                            for y in range(clip.height):
                                for x in range(clip.width):
                                    total += clip.y[0][y, x]
                            return c.imencode('.jpg', clip.y[0])[1]
                        """);
        assertThat(passed.labels())
                .contains(
                        "calls an existing codec: cv2.imencode",
                        "calls an existing codec: ctypes",
                        "may be slow: one sample at a time in encoder.py, line 10");
        String inBlocks =
                """
                def encode(clip, quality):
                    for y in range(0, 8, 8):
                        for x in range(8):
                            print(clip.y[0][y, x])
                """;
        assertThat(passed(inBlocks).labels()).isEmpty();
        for (String decorator :
                new String[] {"@njit", "@numba.njit(cache=True)", "@jit(nopython=True)"}) {
            assertThat(
                            passed(
                                            "import numba\nfrom numba import jit, njit\n"
                                                    + decorator
                                                    + "\n"
                                                    + LOOP)
                                    .labels())
                    .isEmpty();
        }
        assertThat(passed(LOOP).labels()).hasSize(1);
    }

    private static final String LOOP =
            """
            def total(plane):
                count = 0
                for y in range(8):
                    for x in range(8):
                        count += plane[y, x]
                return count

            def encode(clip, quality):
                return bytes(total(clip.y[0]))
            """;

    @Test
    void the_signature_sees_what_is_done_and_not_how_it_is_told() {
        String plain = "def encode(clip, quality):\n    return bytes([quality + 1])\n";
        String retold =
                "# a comment\ndef encode(clip, quality: int) -> bytes:\n    'Says so.'\n    return bytes( [quality+1] )\n";
        assertThat(passed(retold).signature()).isEqualTo(passed(plain).signature());
        assertThat(passed(plain.replace("+ 1", "+ 2")).signature())
                .isNotEqualTo(passed(plain).signature());
        assertThat(passed(plain).signature()).hasSize(64);
    }

    @Test
    void of_several_those_are_suspected_that_something_stands_against() {
        List<String> encoders =
                List.of(
                        LOOP,
                        "def encode(:\n",
                        "x = 1\n",
                        "import torch\n",
                        "x = 2\nprint(nowhere)\n",
                        "def f():\n    return nowhere if 0 else 1\n",
                        "x = " + "(".repeat(5_000) + "\n",
                        "x = '\\N{nothing}'\n",
                        "x = 1\0\n",
                        LOOP);
        assertThat(suspects(encoders))
                .containsExactly(false, true, false, true, true, false, true, true, true, false)
                .isEqualTo(
                        encoders.stream()
                                .map(encoder -> candidate(encoder))
                                .map(sandbox::screen)
                                .map(ScreenResult.Refused.class::isInstance)
                                .toList());
        assertThat(sandbox.suspects(List.of())).isEmpty();
    }

    /// Who ends the process or uses up the time keeps the others from being looked at, and no more.
    @Test
    void company_makes_nobody_suspected() {
        String endless = "import scipy" + ",scipy".repeat(200_000) + "\n";
        assertThat(suspects(List.of("x = 1\n", endless, "import torch\n")))
                .containsExactly(false, false, false);
        String deep = "x = " + "-".repeat(300_000) + "1\n";
        assertThat(suspects(List.of("import torch\n", deep, "x = 1\n")))
                .startsWith(true)
                .endsWith(false);
    }

    private static List<Boolean> suspects(List<String> encoders) {
        return sandbox.suspects(encoders.stream().map(ScreeningTest::candidate).toList());
    }

    private static Candidate candidate(String encoder) {
        return Codecs.candidate(encoder, DECODER, Contract.NATIVE);
    }

    private static Failure refused(String encoder, String decoder) {
        ScreenResult result = sandbox.screen(Codecs.candidate(encoder, decoder, Contract.NATIVE));
        assertThat(result).isInstanceOf(ScreenResult.Refused.class);
        return ((ScreenResult.Refused) result).outcome().failure();
    }

    private static ScreenResult.Passed passed(String encoder) {
        ScreenResult result = sandbox.screen(candidate(encoder));
        assertThat(result).isInstanceOf(ScreenResult.Passed.class);
        return (ScreenResult.Passed) result;
    }
}
