/// Trusted video: Y4M, the clip library, metrics, ffmpeg and anchors.
@NullMarked
package aiv1.media;

import org.jspecify.annotations.NullMarked;
