package aiv1.sandbox;

import aiv1.domain.LabFaultException;
import aiv1.domain.candidate.Candidate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What a launch costs, beside bare python and a minimal bubblewrap, measured in turn in one run;
/// and what it saves to look at several candidates together.
public final class SandboxBenchmark {
    private static final int LAUNCH_COUNT = 30;
    private static final long LAUNCH_SECONDS_MAX = 30;
    private static final int SCREENED_COUNT = 16;
    private static final int SCREENED_TIMES = 15;

    private SandboxBenchmark() {}

    /// Tables of medians in ms, with the ratio to bare python; `candidate` is what is screened.
    public static String run(Sandbox sandbox, Candidate candidate) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        lines.put("bare python", List.of("/usr/bin/python3", "-s", "-B", "-c", "pass"));
        lines.put(
                "minimal bwrap",
                List.of(
                        "bwrap",
                        "--ro-bind",
                        "/",
                        "/",
                        "--dev",
                        "/dev",
                        "/usr/bin/python3",
                        "-s",
                        "-B",
                        "-c",
                        "pass"));
        lines.put("sandbox", sandboxed(sandbox, "pass"));
        lines.put("sandbox, numpy", sandboxed(sandbox, "import numpy"));
        Map<String, double[]> millis = new LinkedHashMap<>();
        lines.keySet().forEach(name -> millis.put(name, new double[LAUNCH_COUNT]));
        for (int i = 0; i < LAUNCH_COUNT; i++) {
            for (Map.Entry<String, List<String>> line : lines.entrySet()) {
                java.util.Objects.requireNonNull(millis.get(line.getKey()))[i] =
                        launch(line.getValue());
            }
        }
        List<String> report = new ArrayList<>();
        report.add("launch, median of %d in turn".formatted(LAUNCH_COUNT));
        double bare = median(java.util.Objects.requireNonNull(millis.get("bare python")));
        millis.forEach(
                (name, values) ->
                        report.add(
                                String.format(
                                        Locale.ROOT,
                                        "  %-16s %7.1f ms  %5.2f x bare python",
                                        name,
                                        median(values),
                                        median(values) / bare)));
        report.add(screening(sandbox, candidate));
        return String.join("\n", report);
    }

    private static String screening(Sandbox sandbox, Candidate candidate) {
        List<Candidate> candidates = Collections.nCopies(SCREENED_COUNT, candidate);
        double[] alone = new double[SCREENED_TIMES];
        double[] together = new double[SCREENED_TIMES];
        for (int i = 0; i < SCREENED_TIMES; i++) {
            long start = System.nanoTime();
            candidates.forEach(sandbox::screen);
            long between = System.nanoTime();
            sandbox.suspects(candidates);
            alone[i] = (between - start) / 1e6 / SCREENED_COUNT;
            together[i] = (System.nanoTime() - between) / 1e6 / SCREENED_COUNT;
        }
        return String.format(
                Locale.ROOT,
                "screening of one candidate, median of %d in turn%n  alone            %7.1f ms%n  %2d together      %7.1f ms  %5.2f x alone",
                SCREENED_TIMES,
                median(alone),
                SCREENED_COUNT,
                median(together),
                median(together) / median(alone));
    }

    private static List<String> sandboxed(Sandbox sandbox, String code) {
        return sandbox.line()
                .of(
                        new LaunchLine.Demand(
                                99,
                                1L << 30,
                                30,
                                new LaunchLine.Folders.None(),
                                0,
                                sandbox.line().python("-c", code)));
    }

    private static double launch(List<String> line) {
        long start = System.nanoTime();
        try {
            Process process =
                    new ProcessBuilder(line)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!process.waitFor(LAUNCH_SECONDS_MAX, TimeUnit.SECONDS)
                    || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new LabFaultException("bench: expected exit status 0 from " + line);
            }
        } catch (IOException e) {
            throw new LabFaultException("bench: cannot start " + line.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabFaultException("bench: interrupted", e);
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
