package aiv1.sandbox;

import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.Contract;
import aiv1.domain.candidate.Part;
import aiv1.domain.clip.FrameRate;
import aiv1.domain.clip.VideoFormat;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.StageLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Harmless attacks that are run through the real launcher, so that a report of the sandbox says
/// what was seen and not what should be.
///
/// Each is the body of a decoder that ends by raising: "contained" when it was refused, "escaped"
/// when it got through.
final class Canaries {
    private static final StageLimit LIMIT =
            new StageLimit(Duration.ofSeconds(5), Duration.ofSeconds(10), 1L << 30, 1 << 20);

    private Canaries() {}

    static List<CanaryResult> run(Sandbox sandbox) {
        List<CanaryResult> results = new ArrayList<>();
        attacks().forEach((name, body) -> results.add(tried(sandbox, name, body)));
        return results;
    }

    private static CanaryResult tried(Sandbox sandbox, String name, String body) {
        String decoder =
                "import os, socket, sys, ctypes\n\ndef decode(bitstream):\n"
                        + body.indent(4)
                        + "    raise RuntimeError('escaped')\n";
        Candidate candidate =
                new Candidate(Map.of(Part.ENCODER, "", Part.DECODER, decoder), Contract.NATIVE);
        CodecJob job =
                new CodecJob(
                        candidate,
                        new VideoFormat(2, 2, new FrameRate(1, 1)),
                        1,
                        0,
                        LIMIT,
                        0,
                        frame -> {});
        return switch (sandbox.decode(job, new byte[] {1}, (index, frame) -> {})) {
            case DecodeResult.Decoded decoded -> new CanaryResult(name, false, "it came back");
            case DecodeResult.Stopped stopped -> {
                String message = stopped.outcome().failure().summary();
                boolean isKilled =
                        stopped.outcome() instanceof RunOutcome.Hostile
                                || stopped.outcome() instanceof RunOutcome.OutOfMemory;
                boolean isRefused =
                        stopped.outcome() instanceof RunOutcome.Crashed
                                && !message.contains("escaped");
                yield new CanaryResult(name, isKilled || isRefused, message);
            }
        };
    }

    private static Map<String, String> attacks() {
        Map<String, String> attacks = new LinkedHashMap<>();
        attacks.put(
                "be root",
                "if os.getuid() != 0: raise PermissionError('contained: uid ' + str(os.getuid()))");
        attacks.put(
                "read the environment",
                "if 'HOSTNAME' not in os.environ and len(os.environ) < 12: raise PermissionError('contained')");
        attacks.put("read host files", "open('/etc/passwd').read()");
        attacks.put("look at /proc", "os.listdir('/proc/1')");
        attacks.put("write a file", "open('/tmp/x', 'w').write('x')");
        attacks.put("write to /usr", "open('/usr/x', 'w').write('x')");
        attacks.put("start a process", "os.fork()");
        attacks.put("open a network socket", "socket.socket(socket.AF_INET, socket.SOCK_STREAM)");
        attacks.put("open a vsock", "socket.socket(40, socket.SOCK_STREAM)");
        attacks.put("signal others", "os.kill(-1, 9)");
        attacks.put("read the page cache", "os.posix_fadvise(0, 0, 0, os.POSIX_FADV_DONTNEED)");
        attacks.put("make a namespace", "ctypes.CDLL(None).unshare(0x10000000)");
        attacks.put("trace a process", "ctypes.CDLL(None).ptrace(0, 0, 0, 0)");
        attacks.put("take all memory", "x = [bytearray(1 << 27) for _ in range(64)]");
        return attacks;
    }
}
