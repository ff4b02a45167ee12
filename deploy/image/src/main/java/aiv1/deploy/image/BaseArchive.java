package aiv1.deploy.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// A root file system as an image of one layer, in the form that `docker load` takes
/// (https://github.com/moby/docker-image-spec, v1.2), for Jib to build upon.
///
/// Jib's own layers hold neither symbolic links nor what a package manager's scripts leave, so the
/// tar file is taken as it is.
final class BaseArchive {
    private static final String CONFIG = "config.json";
    private static final String LAYER = "layer.tar";

    private BaseArchive() {}

    static void write(Path rootFileSystem, Path archive) throws IOException {
        String config =
                """
                {"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}\
                """
                        .formatted(sha256(rootFileSystem));
        String manifest =
                """
                [{"Config":"%s","RepoTags":["aiv1-base:latest"],"Layers":["%s"]}]\
                """
                        .formatted(CONFIG, LAYER);
        try (OutputStream file = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(file)) {
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            add(tar, "manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
            add(tar, CONFIG, config.getBytes(StandardCharsets.UTF_8));
            TarArchiveEntry layer = new TarArchiveEntry(LAYER);
            layer.setModTime(0);
            layer.setSize(Files.size(rootFileSystem));
            tar.putArchiveEntry(layer);
            Files.copy(rootFileSystem, tar);
            tar.closeArchiveEntry();
        }
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setModTime(0);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
