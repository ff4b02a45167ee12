/// What a person sees of clips and codecs: videos and single frames, made when they are asked for
/// and kept within a bound. Start reading at [aiv1.worker.picture.PictureDesk].
@NullMarked
package aiv1.worker.picture;

import org.jspecify.annotations.NullMarked;
