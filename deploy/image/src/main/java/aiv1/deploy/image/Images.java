package aiv1.deploy.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/// Writes the images as tar files. Start reading at `deploy/image/build`, which makes what goes in.
public final class Images {
    private Images() {}

    public static void main(String[] arguments)
            throws IOException,
                    InterruptedException,
                    InvalidImageReferenceException,
                    RegistryException,
                    CacheDirectoryCreationException,
                    ExecutionException {
        Map<String, Path> paths = paths(arguments);
        Path target = required(paths, "--target");
        Path base = target.resolve("base-image.tar");
        BaseArchive.write(target.resolve("base.tar"), base);
        Instant madeAt = Instant.ofEpochSecond(Long.parseLong(System.getenv("SOURCE_DATE_EPOCH")));
        ImageParts parts =
                new ImageParts(
                        base,
                        target.resolve("java"),
                        required(paths, "--program"),
                        required(paths, "--ffmpeg"),
                        required(paths, "--temporal"),
                        madeAt);
        write(LabImage.lab(parts), LabImage.NAME, target);
        write(LabImage.server(parts), LabImage.SERVER_NAME, target);
        Files.delete(base);
    }

    /// Writes `NAME.tar` below `target`.
    static JibContainer write(JibContainerBuilder image, String name, Path target)
            throws IOException,
                    InterruptedException,
                    InvalidImageReferenceException,
                    RegistryException,
                    CacheDirectoryCreationException,
                    ExecutionException {
        Path file = target.resolve(name + ".tar");
        JibContainer written =
                image.containerize(
                        Containerizer.to(TarImage.at(file).named(name + ":latest"))
                                .setOfflineMode(true)
                                .setToolName("aiv1")
                                .setApplicationLayersCache(target.resolve("jib/application"))
                                .setBaseImageLayersCache(target.resolve("jib/base")));
        System.out.printf("%s  %s  %d MiB%n", written.getImageId(), file, Files.size(file) >> 20);
        return written;
    }

    private static Path required(Map<String, Path> paths, String name) {
        Path path = paths.get(name);
        if (path == null) {
            throw new IllegalArgumentException("images: expected " + name + " PATH");
        }
        return path;
    }

    private static Map<String, Path> paths(String[] arguments) {
        Map<String, Path> paths = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            paths.put(arguments[i], Path.of(arguments[i + 1]));
        }
        return paths;
    }
}
