package aiv1.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Processes whose wall clock is wrong by so much, while their monotonic clock goes on as it does:
/// a small library, made by the machine's gcc, that is loaded before all others.
final class WrongClock {
    private static final String SOURCE =
            """
            #define _GNU_SOURCE
            #include <stdlib.h>
            #include <sys/syscall.h>
            #include <sys/time.h>
            #include <time.h>
            #include <unistd.h>

            static long seconds(void) { const char *text = getenv("DRILL_SKEW_SECONDS"); return text ? atol(text) : 0; }

            int clock_gettime(clockid_t clock, struct timespec *now) {
                int result = (int) syscall(SYS_clock_gettime, clock, now);
                if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += seconds();
                return result;
            }

            int gettimeofday(struct timeval *now, void *zone) {
                struct timespec precise;
                (void) zone;
                clock_gettime(CLOCK_REALTIME, &precise);
                now->tv_sec = precise.tv_sec;
                now->tv_usec = precise.tv_nsec / 1000;
                return 0;
            }

            time_t time(time_t *to) {
                struct timespec now;
                clock_gettime(CLOCK_REALTIME, &now);
                if (to) *to = now.tv_sec;
                return now.tv_sec;
            }
            """;

    private WrongClock() {}

    /// The environment of such a process.
    static Map<String, String> by(Path folder, Duration skew)
            throws IOException, InterruptedException {
        Path library = folder.resolve("wrong-clock.so");
        if (!Files.exists(library)) {
            Path source = Files.writeString(folder.resolve("wrong-clock.c"), SOURCE);
            Process compiler =
                    new ProcessBuilder(
                                    "gcc",
                                    "-O1",
                                    "-shared",
                                    "-fPIC",
                                    "-o",
                                    library.toString(),
                                    source.toString())
                            .redirectErrorStream(true)
                            .start();
            String said =
                    new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(compiler.waitFor()).as(said).isZero();
        }
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "DRILL_SKEW_SECONDS",
                Long.toString(skew.toSeconds()));
    }
}
