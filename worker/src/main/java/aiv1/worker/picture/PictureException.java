package aiv1.worker.picture;

/// A picture that cannot be made, for a reason that is no fault of the lab's programs.
final class PictureException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Picture.Refused refused;

    PictureException(Picture.Reason reason, String words) {
        super(words);
        this.refused = new Picture.Refused(reason, words);
    }

    Picture.Refused refused() {
        return refused;
    }
}
