package aiv1.media;

import aiv1.domain.LabFaultException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/// The lab's own fault when a directory of its own can't be read or written: says which and what to
/// do about it.
final class LibraryFault {
    private LibraryFault() {}

    static LabFaultException cannot(String deed, Path path, IOException cause) {
        String reason =
                cause instanceof AccessDeniedException
                        ? "access denied"
                        : cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return new LabFaultException(
                "cannot %s %s (%s); free some space, mend its permissions, or choose another directory"
                        .formatted(deed, path, reason),
                cause);
    }
}
