package aiv1.cli.command;

import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
import aiv1.cli.lab.Lab;
import aiv1.cli.lab.Proposers;
import aiv1.domain.campaign.Campaign;
import aiv1.domain.experiment.CampaignId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which campaign is run: one that was `begun` before, or a new one, perhaps of a given name.
record CampaignChoice(Lab lab, Optional<CampaignId> named, Optional<String> begun) {
    static final String GOAL =
            "the lowest BD-rate (PSNR-YUV, stream and decoder) against the first anchor";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// By the options `--campaign` and `--resume`.
    static CampaignChoice of(Lab lab, Optional<String> id, Optional<String> resume) {
        if (id.isPresent() && resume.isPresent()) {
            throw new ConfigurationException(
                    List.of(
                            "--campaign: expected nothing beside --resume, got '%s'"
                                    .formatted(id.get())));
        }
        Optional<CampaignId> named = id.map(CampaignChoice::parse);
        return new CampaignChoice(
                lab,
                named,
                named.flatMap(lab.ledger()::findCampaign)
                        .map(known -> known.id().value())
                        .or(() -> resume));
    }

    private static CampaignId parse(String id) {
        try {
            return new CampaignId(id);
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException(List.of("--campaign: " + wrong.getMessage()));
        }
    }

    boolean isBegun() {
        return begun.isPresent();
    }

    /// The campaign as it was begun, or as the settings want a new one. Of one that was begun only
    /// the number of experiments may be another now, where `hasCount` says that one was named.
    Campaign campaign(boolean hasCount) {
        if (begun.isEmpty()) {
            return fresh();
        }
        Campaign campaign = lab.campaign(begun.get(), "--resume");
        return hasCount
                ? campaign.withExperimentCountMax(lab.configuration().positive(Keys.EXPERIMENTS))
                : campaign;
    }

    private Campaign fresh() {
        Configuration configuration = lab.configuration();
        Proposers.require(configuration.text(Keys.PROPOSER));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        CampaignId id = named.orElseGet(() -> new CampaignId("c-" + STAMP.format(now)));
        for (int i = 2; lab.ledger().findCampaign(id).isPresent(); i++) {
            id = new CampaignId("c-" + STAMP.format(now) + "-" + i);
        }
        return new Campaign(
                id,
                GOAL,
                configuration.whole(Keys.SEED),
                configuration.positive(Keys.EXPERIMENTS),
                configuration.text(Keys.PROPOSER),
                lab.chosen().clips(),
                lab.chosen().anchors(),
                lab.chosen().limitClass(),
                configuration.positive(Keys.PARALLEL_EXPERIMENTS),
                configuration.duration(Keys.DELAY),
                now);
    }
}
