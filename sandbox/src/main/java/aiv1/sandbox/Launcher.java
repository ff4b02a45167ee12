package aiv1.sandbox;

import aiv1.domain.LabFaultException;
import aiv1.domain.experiment.StageLimit;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// Starts sandboxed processes and knows which are alive.
///
/// All are started by one permanent thread, since `--die-with-parent` follows the thread that
/// started them. Each running process has a slot of its own, and with it a user id of its own: two
/// candidates side by side can neither signal each other nor share limits.
final class Launcher implements AutoCloseable {
    private final ExecutorService spawner =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("sandbox-spawner").daemon().factory());
    private final Set<SandboxedProcess> alive = ConcurrentHashMap.newKeySet();
    private final BitSet slots = new BitSet();
    private final Thread killer = new Thread(this::killAll, "sandbox-killer");

    Launcher() {
        Runtime.getRuntime().addShutdownHook(killer);
    }

    /// Runs the command line that `line` gives for a free slot, to its end.
    SandboxedProcess.Ending run(
            IntFunction<List<String>> line,
            StageLimit limit,
            SandboxedProcess.Feed feed,
            MessageHandler handler) {
        int slot = takeSlot();
        try {
            SandboxedProcess process = new SandboxedProcess(spawn(line.apply(slot)), limit);
            alive.add(process);
            try {
                return process.run(feed, handler);
            } finally {
                alive.remove(process);
            }
        } finally {
            freeSlot(slot);
        }
    }

    @Override
    public void close() {
        killAll();
        spawner.shutdownNow();
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException alreadyShuttingDown) {
            // The hook has run or is running: all is killed either way.
            return;
        }
    }

    private void killAll() {
        alive.forEach(SandboxedProcess::kill);
    }

    private Process spawn(List<String> line) {
        ProcessBuilder builder = new ProcessBuilder(line);
        String path = System.getenv("PATH");
        builder.environment().clear();
        builder.environment().put("PATH", path == null ? "/usr/bin:/bin" : path);
        builder.directory(Path.of("/").toFile());
        Future<Process> started = spawner.submit(builder::start);
        boolean isInterrupted = false;
        try {
            // Starting takes milliseconds and must not be left half done: whoever supervises sees
            // the interrupt next.
            while (true) {
                try {
                    return started.get();
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
            }
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new LabFaultException(
                    "sandbox: cannot start: " + (cause == null ? e : cause.getMessage()), e);
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized int takeSlot() {
        int slot = slots.nextClearBit(0);
        slots.set(slot);
        return slot;
    }

    private synchronized void freeSlot(int slot) {
        slots.clear(slot);
    }
}
