package aiv1.dashboard.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The system's Chromium, driven by Playwright; it collects what pages complain of.
///
/// Its place is `/usr/bin/chromium`, or what the system property `aiv1.chromium` says.
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM =
            Path.of(System.getProperty("aiv1.chromium", "/usr/bin/chromium"));

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final List<String> complaints = new ArrayList<>();

    Browser() {
        if (!Files.isExecutable(CHROMIUM)) {
            throw new IllegalStateException(
                    CHROMIUM + ": expected Chromium (apt-get install chromium), got no program");
        }
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(CHROMIUM)
                                        .setArgs(List.of("--no-sandbox")));
    }

    /// A fresh profile, as a reader's own: its pages share a worker, storage and connections.
    BrowserContext profile(ColorScheme scheme) {
        BrowserContext context =
                chromium.newContext(
                        new com.microsoft.playwright.Browser.NewContextOptions()
                                .setColorScheme(scheme)
                                .setViewportSize(1280, 860));
        context.onPage(this::listen);
        return context;
    }

    Page page() {
        return profile(ColorScheme.LIGHT).newPage();
    }

    /// Errors of scripts and of the security policy, and dialogs; empty when all is well.
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private void listen(Page page) {
        page.onPageError(complaints::add);
        page.onDialog(
                dialog -> {
                    complaints.add("dialog: " + dialog.message());
                    dialog.dismiss();
                });
        page.onConsoleMessage(
                message -> {
                    if (message.text().contains("Content Security Policy")) {
                        complaints.add(message.text());
                    }
                });
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
