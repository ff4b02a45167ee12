package aiv1.deploy.image;

import java.nio.file.Path;
import java.time.Instant;

/// What the images are made of: an image to build upon, a Java runtime's folder, the folder with
/// `aiv1.jar` and `lib`, two programs; and the time that everything bears, so that equal parts give
/// equal images.
record ImageParts(Path base, Path java, Path program, Path ffmpeg, Path temporal, Instant madeAt) {}
