package aiv1.cli.lab;

import aiv1.cli.config.Keys;
import aiv1.dashboard.Pictures;
import aiv1.domain.campaign.Ledger;
import aiv1.domain.clip.Clip;
import aiv1.domain.experiment.ExperimentId;
import aiv1.domain.experiment.ExperimentResult;
import aiv1.domain.experiment.RunResult;
import aiv1.worker.picture.Picture;
import aiv1.worker.picture.PictureDesk;
import aiv1.worker.picture.Subject;
import java.time.InstantSource;
import java.util.Optional;

/// The page's pictures of a lab's home: finds out what is meant, and asks the desk that makes them.
final class PagePictures implements Pictures, AutoCloseable {
    private static final String FOLDER = "pictures";
    private static final int BITS_OF_MIB = 20;

    private final Lab lab;
    private final Ledger ledger;
    private final PictureDesk desk;

    PagePictures(Lab lab) {
        this.lab = lab;
        this.ledger = lab.ledger();
        this.desk =
                new PictureDesk(
                        new PictureDesk.Parts(
                                lab::sandbox,
                                lab::ffmpeg,
                                lab::clips,
                                lab.artifacts(),
                                lab.home().resolve(FOLDER),
                                (long) lab.configuration().positive(Keys.PAGE_PICTURES)
                                        << BITS_OF_MIB,
                                InstantSource.system()));
    }

    /// What is meant, or why there is no such thing.
    private sealed interface Found {
        record One(Subject subject) implements Found {}

        record None(String words) implements Found {}
    }

    @Override
    public Answer video(Wanted wanted) {
        return switch (find(wanted)) {
            case Found.None none -> new Answer.Refused(Reason.UNKNOWN, none.words());
            case Found.One one -> told(desk.video(one.subject()));
        };
    }

    @Override
    public Answer still(Wanted wanted, int frame) {
        return switch (find(wanted)) {
            case Found.None none -> new Answer.Refused(Reason.UNKNOWN, none.words());
            case Found.One one -> told(desk.still(one.subject(), frame));
        };
    }

    @Override
    public void close() {
        desk.close();
    }

    private Found find(Wanted wanted) {
        return switch (wanted) {
            case Wanted.Source source -> findClip(source);
            case Wanted.Reconstruction made -> findRun(made);
        };
    }

    private Found findClip(Wanted.Source source) {
        if (source.experiment().isEmpty()) {
            return found(
                    lab.clips().find(source.clip()),
                    "clip %s: not in this home's library".formatted(source.clip()));
        }
        ExperimentId id = source.experiment().get();
        Optional<ExperimentResult> result = ledger.find(id);
        if (result.isEmpty()) {
            return unmeasured(id);
        }
        return found(
                result.get().experiment().clips().stream()
                        .filter(clip -> clip.name().equals(source.clip()))
                        .findFirst(),
                "clip %s: not one of experiment %s".formatted(source.clip(), id.value()));
    }

    private Found findRun(Wanted.Reconstruction made) {
        Optional<ExperimentResult> result = ledger.find(made.experiment());
        if (result.isEmpty()) {
            return unmeasured(made.experiment());
        }
        String where =
                "experiment %s, clip %s, quality %d"
                        .formatted(made.experiment().value(), made.clip(), made.quality());
        Optional<RunResult> run =
                result.get().runs().stream()
                        .filter(one -> one.clip().equals(made.clip()))
                        .filter(one -> one.quality() == made.quality())
                        .findFirst();
        if (run.isEmpty()) {
            return new Found.None(where + ": no such run");
        }
        if (run.get().outcome().numbers().isEmpty()) {
            return new Found.None(
                    "%s: expected a measured run, got %s: there are no pictures of it"
                            .formatted(where, run.get().outcome().label()));
        }
        return new Found.One(new Subject.Reconstruction(result.get(), run.get()));
    }

    private static Found found(Optional<Clip> clip, String otherwise) {
        return clip.<Found>map(one -> new Found.One(new Subject.Source(one)))
                .orElseGet(() -> new Found.None(otherwise));
    }

    private static Found unmeasured(ExperimentId id) {
        return new Found.None(
                "experiment %s: expected a result in this home, got none".formatted(id.value()));
    }

    private static Answer told(Picture picture) {
        return switch (picture) {
            case Picture.Video video ->
                    new Answer.Video(video.file(), video.isLossless(), video.tag());
            case Picture.Still still -> new Answer.Still(still.png(), still.tag());
            case Picture.Coming coming -> new Answer.Coming(coming.ahead());
            case Picture.Refused refused ->
                    new Answer.Refused(told(refused.reason()), refused.words());
        };
    }

    private static Reason told(Picture.Reason reason) {
        return switch (reason) {
            case UNKNOWN -> Reason.UNKNOWN;
            case GONE -> Reason.GONE;
            case UNTRUE -> Reason.UNTRUE;
            case UNAVAILABLE -> Reason.UNAVAILABLE;
            case BUSY -> Reason.BUSY;
        };
    }
}
