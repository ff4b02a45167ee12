package aiv1.cli.config;

import aiv1.cli.config.Key.Kind;
import java.util.List;

/// All settings of the lab, in the order in which they are shown.
public final class Keys {
    public static final Key HOME =
            new Key("home", Kind.PATH, "", "ledger, artifacts, clips and anchor cache");
    public static final Key STORE =
            new Key(
                    "store",
                    Kind.OPTIONAL,
                    "",
                    "where the ledger is: sqlite:FILE or dynamodb://TABLE?region=REGION; in the home"
                            + " when nobody says");
    public static final Key ARTIFACTS =
            new Key(
                    "artifacts",
                    Kind.OPTIONAL,
                    "",
                    "where artifacts are: file:FOLDER or s3://BUCKET/PREFIX?region=REGION; in the"
                            + " home when nobody says");
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
            new Key(
                    "proposer",
                    Kind.TEXT,
                    "inventor",
                    "who proposes codecs: inventor, anthropic:MODEL, openai:MODEL, bedrock:MODEL,"
                            + " mailbox:DIR, replay:CAMPAIGN, or a mix such as"
                            + " 3*openai:gpt-5,1*inventor");
    public static final Key MODEL_URL =
            new Key(
                    "model-url",
                    Kind.ADDRESSES,
                    "",
                    "where the model server is: a URL, or PROVIDER=URL for each of a mix");
    public static final Key MODEL_KEY =
            new Key(
                    "model-key",
                    Kind.KEYS,
                    "",
                    true,
                    "the key for the model server, or PROVIDER=KEY for each of a mix");
    public static final Key MODEL_KEY_FILE =
            new Key(
                    "model-key-file",
                    Kind.KEYS,
                    "",
                    "a file that holds the key, or PROVIDER=FILE for each of a mix");
    public static final Key MODEL_KEY_SECRET =
            new Key(
                    "model-key-secret",
                    Kind.KEYS,
                    "",
                    "a secret of AWS Secrets Manager that holds the key: NAME or ARN, with #FIELD"
                            + " behind where it is a JSON object; or PROVIDER=NAME for each of a"
                            + " mix");
    public static final Key BUDGET_USD =
            new Key("budget-usd", Kind.AMOUNT, "", "dollars that a campaign may spend on models");
    public static final Key BUDGET_TOKENS =
            new Key("budget-tokens", Kind.COUNT, "", "tokens that a campaign may use");
    public static final Key REQUESTS_PER_MINUTE =
            new Key("requests-per-minute", Kind.COUNT, "", "questions to models in a minute");
    public static final Key OUTPUT_TOKENS =
            new Key("output-tokens", Kind.POSITIVE, "32000", "longest reply of a model");
    public static final Key REPAIRS =
            new Key("repairs", Kind.WHOLE, "1", "repairs of a failed codec in a row");
    public static final Key PRICES =
            new Key("prices", Kind.OPTIONAL, "", "a table of prices in place of the bundled one");
    public static final Key LIMITS =
            new Key("limits", Kind.TEXT, "light", "limit class of candidates: light or heavy");
    public static final Key DELAY =
            new Key("delay", Kind.DURATION, "0", "pause after each experiment");
    public static final Key PARALLEL_RUNS =
            new Key("parallel-runs", Kind.POSITIVE, "", "runs side by side; one per core");
    public static final Key PARALLEL_EXPERIMENTS =
            new Key(
                    "parallel-experiments",
                    Kind.POSITIVE,
                    "1",
                    "experiments side by side; each proposal knows the results of those that lie so many before it and more");
    public static final Key WORKERS =
            new Key(
                    "workers",
                    Kind.OPTIONAL,
                    "",
                    "where workers are: http://name:8080 (each of the name's addresses is one) or file:PATH (one URL a line), separated by commas; none for this process");
    public static final Key CLUSTER =
            new Key(
                    "cluster",
                    Kind.OPTIONAL,
                    "",
                    "a Temporal server by which campaigns and workers find each other: temporal://HOST:PORT/NAMESPACE, or temporals:// where it speaks TLS");
    public static final Key CLUSTER_KEY =
            new Key(
                    "cluster-key",
                    Kind.OPTIONAL,
                    "",
                    true,
                    "the API key for a Temporal server that wants one; only with temporals://");
    public static final Key CAPABILITY =
            new Key(
                    "capability",
                    Kind.TEXT,
                    "cpu",
                    "what workers must have to get a campaign's experiments, such as cuda; they wait for one that has it");
    public static final Key WORKER_CAPABILITIES =
            new Key(
                    "worker-capabilities",
                    Kind.NAMES,
                    "cpu",
                    "what a worker has, such as cpu or cuda; its sandbox's tier is added");
    public static final Key SPOT_CHECKS =
            new Key(
                    "spot-checks",
                    Kind.SHARE,
                    "0.1",
                    "share of workers' results, chosen in secret, that are measured again");
    public static final Key ALERT_URL =
            new Key(
                    "alert-url",
                    Kind.OPTIONAL,
                    "",
                    true,
                    "a webhook that hears when a campaign starts, stops, finds a new best, loses a worker or measures nothing");
    public static final Key ALERT_SECRET =
            new Key("alert-secret", Kind.OPTIONAL, "", true, "signs what the webhook gets");
    public static final Key ALERT_SILENCE =
            new Key(
                    "alert-silence",
                    Kind.DURATION,
                    "30m",
                    "nothing measured for so long is worth an alert; 0: never");
    public static final Key WORKER_TOKEN =
            new Key(
                    "worker-token",
                    Kind.OPTIONAL,
                    "",
                    true,
                    "what a worker wants to hear from whoever sends it work");
    public static final Key WORKER_NAME =
            new Key(
                    "worker-name",
                    Kind.OPTIONAL,
                    "",
                    "what results call a worker; else the name of its machine");
    public static final Key WORKER_ANNOUNCE =
            new Key(
                    "worker-announce",
                    Kind.OPTIONAL,
                    "",
                    "a file into which a worker writes its URL, for --worker file:PATH");
    public static final Key WORKER_HOST =
            new Key("worker-host", Kind.TEXT, "127.0.0.1", "where a worker listens");
    public static final Key WORKER_PORT =
            new Key("worker-port", Kind.WHOLE, "8080", "the port of a worker; 0 for a free one");
    public static final Key WORKER_SLOTS =
            new Key("worker-slots", Kind.POSITIVE, "1", "experiments side by side on a worker");
    public static final Key WORKER_CLIP_CACHE =
            new Key(
                    "worker-clip-cache",
                    Kind.POSITIVE,
                    "20480",
                    "MiB of clips that a worker keeps which can be sent again; the least recently used go first");
    public static final Key WORKER_RATE =
            new Key(
                    "worker-rate",
                    Kind.POSITIVE,
                    "200",
                    "requests a second that a worker answers to one address");
    public static final Key TLS_KEYS =
            new Key(
                    "tls-keys",
                    Kind.OPTIONAL,
                    "",
                    "a PKCS#12 file with this side's key and certificate, for https to and from workers, and for temporals://");
    public static final Key TLS_TRUST =
            new Key(
                    "tls-trust",
                    Kind.OPTIONAL,
                    "",
                    "a PKCS#12 file with the certificates that are trusted; with it a worker serves only those who show one");
    public static final Key TLS_PASSWORD =
            new Key(
                    "tls-password",
                    Kind.OPTIONAL,
                    "",
                    true,
                    "the password of tls-keys and tls-trust");
    public static final Key WORKER_LOG =
            new Key("worker-log", Kind.TEXT, "json", "how a worker logs: json or text");
    public static final Key WORKER_SUPERVISED =
            new Key(
                    "worker-supervised",
                    Kind.TEXT,
                    "false",
                    "true where a worker that ends with status 75 is started again, as the launcher does");
    public static final Key PROBE =
            new Key(
                    "probe",
                    Kind.OPTIONAL,
                    "",
                    "where a worker of a cluster, which else listens nowhere, and 'aiv1 queue' answer /health and /metrics: HOST:PORT");
    public static final Key REQUEST_LOG =
            new Key(
                    "request-log",
                    Kind.OPTIONAL,
                    "",
                    "a file that gets a JSON line for each request to a worker, by the ids that the worker logs too");
    public static final Key PAGE_TOKEN =
            new Key(
                    "page-token",
                    Kind.OPTIONAL,
                    "",
                    true,
                    "what the page wants to hear from whoever changes something");
    public static final Key PAGE_HOST =
            new Key("page-host", Kind.TEXT, "127.0.0.1", "where the page is served");
    public static final Key PAGE_PORT =
            new Key("page-port", Kind.WHOLE, "8090", "the port of the page; 0 for a free one");
    public static final Key PAGE_PICTURES =
            new Key(
                    "page-pictures",
                    Kind.POSITIVE,
                    "4096",
                    "MiB of decoded frames and videos that the page keeps in the home, all of which can be made again; the least recently used go first");
    public static final Key FFMPEG = new Key("ffmpeg", Kind.PATH, "", "the ffmpeg program");
    public static final Key PYTHON =
            new Key("python", Kind.PATH, "/usr/bin/python3", "the python of candidates");

    private Keys() {}

    public static List<Key> all() {
        return List.of(
                HOME,
                STORE,
                ARTIFACTS,
                CLIPS,
                FRAMES,
                ANCHORS,
                EXPERIMENTS,
                SEED,
                PROPOSER,
                MODEL_URL,
                MODEL_KEY,
                MODEL_KEY_FILE,
                MODEL_KEY_SECRET,
                BUDGET_USD,
                BUDGET_TOKENS,
                REQUESTS_PER_MINUTE,
                OUTPUT_TOKENS,
                REPAIRS,
                PRICES,
                LIMITS,
                DELAY,
                PARALLEL_RUNS,
                PARALLEL_EXPERIMENTS,
                WORKERS,
                CLUSTER,
                CLUSTER_KEY,
                CAPABILITY,
                SPOT_CHECKS,
                ALERT_URL,
                ALERT_SECRET,
                ALERT_SILENCE,
                WORKER_TOKEN,
                WORKER_NAME,
                WORKER_CAPABILITIES,
                WORKER_ANNOUNCE,
                WORKER_HOST,
                WORKER_PORT,
                WORKER_SLOTS,
                WORKER_CLIP_CACHE,
                WORKER_RATE,
                TLS_KEYS,
                TLS_TRUST,
                TLS_PASSWORD,
                WORKER_LOG,
                WORKER_SUPERVISED,
                PROBE,
                REQUEST_LOG,
                PAGE_TOKEN,
                PAGE_HOST,
                PAGE_PORT,
                PAGE_PICTURES,
                FFMPEG,
                PYTHON);
    }
}
