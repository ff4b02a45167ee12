package aiv1.cli.lab;

import aiv1.cli.config.ConfigurationException;
import aiv1.domain.campaign.ModelCall;
import aiv1.domain.experiment.CampaignId;
import aiv1.proposer.model.ModelClient;
import aiv1.proposer.model.ModelException;
import aiv1.proposer.provider.AnthropicClient;
import aiv1.proposer.provider.AwsAccess;
import aiv1.proposer.provider.BedrockClient;
import aiv1.proposer.provider.MailboxClient;
import aiv1.proposer.provider.OpenAiClient;
import aiv1.proposer.provider.ReplayClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Opens whoever answers prompts, with the keys and addresses of the settings.
final class ModelClients {
    private static final Duration CALL_DURATION_MAX = Duration.ofMinutes(20);
    private static final URI ANTHROPIC = URI.create("https://api.anthropic.com");
    private static final URI OPENAI = URI.create("https://api.openai.com/v1");

    private final Lab lab;
    private final ModelAccess access;

    ModelClients(Lab lab, ModelAccess access) {
        this.lab = lab;
        this.access = access;
    }

    /// Throws [ConfigurationException] or [ModelException] for what is missing or wrong.
    ModelClient open(String kind, String detail) throws ModelException {
        try {
            return switch (kind) {
                case "anthropic" -> anthropic(new ModelAccess.Model(kind, detail));
                case "openai" -> openAi(new ModelAccess.Model(kind, detail));
                case "bedrock" -> bedrock(new ModelAccess.Model(kind, detail));
                case "mailbox" -> new MailboxClient(Path.of(detail));
                case "replay" -> {
                    CampaignId recorded = new CampaignId(detail);
                    List<ModelCall> calls = lab.ledger().modelCalls(recorded);
                    yield new ReplayClient(recorded, calls, lab.artifacts());
                }
                default -> throw new IllegalStateException("model client: " + kind);
            };
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException(
                    List.of("%s:%s: %s".formatted(kind, detail, wrong.getMessage())));
        }
    }

    private ModelClient anthropic(ModelAccess.Model model) throws ModelException {
        return new AnthropicClient(
                access.url(model).orElse(ANTHROPIC),
                model.name(),
                access.requireKey(model),
                CALL_DURATION_MAX);
    }

    /// OpenAI's own server wants a key; another one may want none.
    private ModelClient openAi(ModelAccess.Model model) throws ModelException {
        Optional<URI> url = access.url(model);
        Optional<String> key =
                url.isPresent() ? access.key(model) : Optional.of(access.requireKey(model));
        return new OpenAiClient(url.orElse(OPENAI), model.name(), key, CALL_DURATION_MAX);
    }

    private ModelClient bedrock(ModelAccess.Model model) throws ModelException {
        return new BedrockClient(
                access.url(model),
                AwsAccess.region("bedrock"),
                model.name(),
                AwsAccess.credentials("bedrock"),
                CALL_DURATION_MAX);
    }
}
