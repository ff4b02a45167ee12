package aiv1.cli.config;

import aiv1.cli.config.Key.Kind;
import java.util.List;

/// All settings of the lab, in the order in which they are shown.
public final class Keys {
    public static final Key HOME =
            new Key("home", Kind.PATH, "", "ledger, artifacts, clips and anchor cache");
    public static final Key CLIPS =
            new Key("clips", Kind.NAMES, "cars,rapids", "clips to evaluate on");
    public static final Key FRAMES =
            new Key("frames", Kind.POSITIVE, "30", "frames of each clip, from its start");
    public static final Key ANCHORS =
            new Key(
                    "anchors",
                    Kind.NAMES,
                    "x264-medium,x265-medium",
                    "reference codecs; the first one ranks");
    public static final Key EXPERIMENTS =
            new Key("experiments", Kind.POSITIVE, "10", "experiments of a campaign");
    public static final Key SEED =
            new Key("seed", Kind.WHOLE, "1", "seed of all chance in a campaign");
    public static final Key PROPOSER =
            new Key("proposer", Kind.TEXT, "inventor", "who proposes codecs");
    public static final Key LIMITS =
            new Key("limits", Kind.TEXT, "light", "limit class of candidates: light or heavy");
    public static final Key DELAY =
            new Key("delay", Kind.DURATION, "0", "pause after each experiment");
    public static final Key PARALLEL_RUNS =
            new Key("parallel-runs", Kind.POSITIVE, "", "runs side by side; one per core");
    public static final Key FFMPEG = new Key("ffmpeg", Kind.PATH, "", "the ffmpeg program");
    public static final Key PYTHON =
            new Key("python", Kind.PATH, "/usr/bin/python3", "the python of candidates");

    private Keys() {}

    public static List<Key> all() {
        return List.of(
                HOME,
                CLIPS,
                FRAMES,
                ANCHORS,
                EXPERIMENTS,
                SEED,
                PROPOSER,
                LIMITS,
                DELAY,
                PARALLEL_RUNS,
                FFMPEG,
                PYTHON);
    }
}
