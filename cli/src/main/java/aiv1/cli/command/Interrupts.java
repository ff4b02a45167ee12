package aiv1.cli.command;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Ctrl-C: the first asks politely, the second stops at once.
///
/// Uses `sun.misc.Signal` by reflection: it is exported by `jdk.unsupported` and has no successor,
/// but javac warns of each mention.
final class Interrupts implements AutoCloseable {
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicReference<Runnable> first = new AtomicReference<>(() -> {});

    private Interrupts() {}

    static Interrupts install() {
        Interrupts interrupts = new Interrupts();
        for (String name : new String[] {"INT", "TERM"}) {
            interrupts.listen(name);
        }
        return interrupts;
    }

    /// What the first Ctrl-C does.
    void onFirst(Runnable action) {
        first.set(action);
    }

    boolean isInterrupted() {
        return count.get() > 0;
    }

    @Override
    public void close() {
        first.set(() -> {});
    }

    private void listen(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(
                            Interrupts.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (self, method, arguments) -> {
                                if (method.getName().equals("handle")) {
                                    heard();
                                }
                                return null;
                            });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("signal " + name, e);
        }
    }

    private void heard() {
        if (count.incrementAndGet() == 1) {
            first.get().run();
        } else {
            System.err.println("aiv1: stopped at once; what was finished before is stored");
            // Shutdown hooks still run: the sandbox kills every tree it started.
            System.exit(ExitCode.INTERRUPTED);
        }
    }
}
