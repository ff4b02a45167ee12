package aiv1.cli.lab;

import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
import aiv1.domain.LabFaultException;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.campaign.Proposer;
import aiv1.domain.candidate.Candidate;
import aiv1.domain.candidate.CandidateId;
import aiv1.inventor.Inventor;
import aiv1.media.Anchor;
import aiv1.media.AnchorCache;
import aiv1.proposer.CallListener;
import aiv1.proposer.MixProposer;
import aiv1.proposer.ModelProposer;
import aiv1.proposer.Patience;
import aiv1.proposer.Prices;
import aiv1.proposer.Spending;
import aiv1.proposer.model.ModelClient;
import aiv1.proposer.model.ModelException;
import aiv1.proposer.prompt.PromptWriter;
import aiv1.proposer.prompt.WorkerFacts;
import aiv1.proposer.provider.AwsSecrets;
import aiv1.sandbox.PythonFacts;
import aiv1.sandbox.ScreenResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes the proposer that a campaign names: one, or a mix.
///
/// Models are asked whether they answer before the first proposal is paid for.
public final class Proposers implements AutoCloseable {
    private static final Pattern SHARE = Pattern.compile("(?:(\\d{1,4})\\*)?(\\w+)(?::(.+))?");
    private static final Set<String> SERVERS = Set.of("anthropic", "openai", "bedrock");
    private static final String EXPECTED =
            "inventor, anthropic:MODEL, openai:MODEL, bedrock:MODEL, mailbox:DIR, replay:CAMPAIGN,"
                    + " or a mix such as 3*openai:gpt-5,1*inventor";

    private final Lab lab;
    private final CallListener listener;
    private final ModelAccess access;
    private final ModelClients models;
    private final List<ModelClient> clients = new ArrayList<>();
    private final Map<CandidateId, Optional<String>> signatures = new HashMap<>();
    private Optional<Spending> spending = Optional.empty();

    public Proposers(Lab lab, CallListener listener) {
        this.lab = lab;
        this.listener = listener;
        this.access = new ModelAccess(lab.configuration(), System.getenv(), AwsSecrets::read);
        this.models = new ModelClients(lab, access);
    }

    /// One word of a proposer setting: a kind, and what follows the colon.
    private record Word(int weight, String kind, String detail) {}

    /// Throws [ConfigurationException] for a setting that names no proposer.
    public static void require(String setting) {
        words(setting);
    }

    /// The proposer of `campaign`; what models have cost it so far counts.
    public Proposer open(Campaign campaign) {
        List<Word> words = words(campaign.proposer());
        access.requireClear(
                words.stream()
                        .filter(word -> SERVERS.contains(word.kind()))
                        .map(word -> new ModelAccess.Model(word.kind(), word.detail()))
                        .toList());
        List<MixProposer.Share> shares = new ArrayList<>();
        for (Word word : words) {
            shares.add(new MixProposer.Share(proposer(word, campaign), word.weight()));
        }
        return shares.size() == 1 ? shares.getFirst().proposer() : new MixProposer(shares);
    }

    /// What every prompt of this lab is written with.
    public static PromptWriter prompts(Lab lab) {
        PythonFacts python = lab.sandbox().python();
        AnchorCache cache = lab.anchors();
        return new PromptWriter(
                new WorkerFacts(
                        python.version(),
                        python.numpy(),
                        python.scipy(),
                        python.numba(),
                        python.gcc()),
                (name, clip) -> {
                    Anchor anchor = lab.catalogue().find(name).orElseThrow();
                    return cache.curve(anchor, clip, (point, count) -> {}).psnrYuv(clip);
                },
                lab.artifacts());
    }

    @Override
    public void close() {
        clients.forEach(ModelClient::close);
    }

    private Proposer proposer(Word word, Campaign campaign) {
        if (word.kind().equals("inventor")) {
            return new Inventor();
        }
        ModelClient client;
        try {
            client = models.open(word.kind(), word.detail());
            clients.add(client);
            client.check();
        } catch (ModelException wrong) {
            String message = "proposer %s: %s".formatted(campaign.proposer(), wrong.getMessage());
            throw wrong.kind().mayPass()
                    ? new ProviderUnavailableException(message)
                    : new ConfigurationException(List.of(message));
        }
        Configuration configuration = lab.configuration();
        return new ModelProposer(
                client,
                prompts(lab),
                lab.ledger(),
                lab.artifacts(),
                spending(campaign),
                Patience.usual(),
                listener,
                InstantSource.system(),
                new ModelProposer.Limits(
                        configuration.positive(Keys.OUTPUT_TOKENS),
                        ModelProposer.Limits.USUAL.replyCountMax(),
                        repairs(lab)),
                candidate ->
                        signatures.computeIfAbsent(candidate.id(), any -> signature(candidate)));
    }

    /// How many repairs of one codec are asked for in a row.
    public static int repairs(Lab lab) {
        return Math.toIntExact(Math.max(0, lab.configuration().whole(Keys.REPAIRS)));
    }

    /// A fault of the lab must not cost a reply that was paid for: the evaluator will meet it again
    /// and tell.
    private Optional<String> signature(Candidate candidate) {
        try {
            return lab.sandbox().screen(candidate) instanceof ScreenResult.Passed passed
                    ? Optional.of(passed.signature())
                    : Optional.empty();
        } catch (LabFaultException fault) {
            return Optional.empty();
        }
    }

    private Spending spending(Campaign campaign) {
        if (spending.isEmpty()) {
            Configuration configuration = lab.configuration();
            OptionalLong perMinute = configuration.count(Keys.REQUESTS_PER_MINUTE);
            Spending.Caps caps =
                    new Spending.Caps(
                            configuration.amount(Keys.BUDGET_USD),
                            configuration.count(Keys.BUDGET_TOKENS),
                            perMinute.isPresent()
                                    ? OptionalInt.of(
                                            (int)
                                                    Math.min(
                                                            Integer.MAX_VALUE,
                                                            perMinute.getAsLong()))
                                    : OptionalInt.empty());
            spending =
                    Optional.of(
                            new Spending(
                                    caps,
                                    prices(),
                                    lab.ledger().modelCalls(campaign.id()),
                                    InstantSource.system()));
        }
        return spending.get();
    }

    private Prices prices() {
        Optional<String> file = lab.configuration().optional(Keys.PRICES);
        if (file.isEmpty()) {
            return Prices.bundled();
        }
        try {
            return Prices.read(Files.readString(Path.of(file.get())), file.get());
        } catch (IOException | IllegalArgumentException wrong) {
            throw new ConfigurationException(
                    List.of("prices: expected a readable price table, got " + wrong.getMessage()));
        }
    }

    private static List<Word> words(String setting) {
        List<Word> words = new ArrayList<>();
        for (String part : setting.split(",", -1)) {
            Matcher matcher = SHARE.matcher(part.strip());
            if (!matcher.matches()) {
                throw unknown(part);
            }
            int weight = Optional.ofNullable(matcher.group(1)).map(Integer::parseInt).orElse(1);
            String kind = matcher.group(2);
            String detail = Optional.ofNullable(matcher.group(3)).orElse("");
            boolean isKnown =
                    switch (kind) {
                        case "inventor" -> detail.isEmpty();
                        case "anthropic", "openai", "bedrock", "mailbox", "replay" ->
                                !detail.isEmpty();
                        default -> false;
                    };
            if (!isKnown || weight == 0) {
                throw unknown(part);
            }
            words.add(new Word(weight, kind, detail));
        }
        return words;
    }

    private static ConfigurationException unknown(String got) {
        return new ConfigurationException(
                List.of("proposer: expected %s, got '%s'".formatted(EXPECTED, got)));
    }
}
