package aiv1.cli.lab;

import aiv1.cli.config.Configuration;
import aiv1.cli.config.ConfigurationException;
import aiv1.cli.config.Keys;
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
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Opens whoever answers prompts, with the keys and addresses of the settings.
final class ModelClients {
    private static final Duration CALL_DURATION_MAX = Duration.ofMinutes(20);

    private final Lab lab;

    ModelClients(Lab lab) {
        this.lab = lab;
    }

    /// Throws [ConfigurationException] or [ModelException] for what is missing.
    ModelClient open(String kind, String detail) throws ModelException {
        return switch (kind) {
            case "anthropic" ->
                    new AnthropicClient(
                            url("https://api.anthropic.com"),
                            detail,
                            key("ANTHROPIC_API_KEY").orElseThrow(() -> noKey("ANTHROPIC_API_KEY")),
                            CALL_DURATION_MAX);
            case "openai" -> openAi(detail);
            case "mailbox" -> new MailboxClient(Path.of(detail));
            case "replay" -> {
                CampaignId recorded = new CampaignId(detail);
                List<ModelCall> calls = lab.ledger().modelCalls(recorded);
                yield new ReplayClient(recorded, calls, lab.artifacts());
            }
            case "bedrock" -> bedrock(detail);
            default -> throw new IllegalArgumentException("model client: " + kind);
        };
    }

    /// OpenAI's own server wants a key; another one may want none.
    private ModelClient openAi(String model) {
        Optional<String> key = key("OPENAI_API_KEY");
        boolean isOwn = lab.configuration().optional(Keys.MODEL_URL).isEmpty();
        if (key.isEmpty() && isOwn) {
            throw noKey("OPENAI_API_KEY");
        }
        return new OpenAiClient(url("https://api.openai.com/v1"), model, key, CALL_DURATION_MAX);
    }

    private ModelClient bedrock(String model) throws ModelException {
        Optional<URI> endpoint = lab.configuration().optional(Keys.MODEL_URL).map(this::url);
        return new BedrockClient(
                endpoint,
                AwsAccess.region("bedrock"),
                model,
                AwsAccess.credentials("bedrock"),
                CALL_DURATION_MAX);
    }

    private URI url(String usual) {
        String text = lab.configuration().optional(Keys.MODEL_URL).orElse(usual);
        try {
            return new URI(text);
        } catch (URISyntaxException wrong) {
            throw new ConfigurationException(
                    List.of("model-url: expected a URL, got '%s'".formatted(text)));
        }
    }

    /// The key from the settings, else from its file, else from the provider's usual variable.
    private Optional<String> key(String variable) {
        Configuration configuration = lab.configuration();
        Optional<String> given = configuration.optional(Keys.MODEL_KEY);
        if (given.isPresent()) {
            return given;
        }
        Optional<String> file = configuration.optional(Keys.MODEL_KEY_FILE);
        if (file.isPresent()) {
            try {
                return Optional.of(Files.readString(Path.of(file.get())).strip())
                        .filter(text -> !text.isEmpty());
            } catch (IOException | InvalidPathException wrong) {
                throw new ConfigurationException(
                        List.of(
                                "model-key-file: expected a file with the key at %s, got %s"
                                        .formatted(file.get(), wrong.getClass().getSimpleName())));
            }
        }
        return Optional.ofNullable(System.getenv(variable)).filter(text -> !text.isBlank());
    }

    private static ConfigurationException noKey(String variable) {
        return new ConfigurationException(
                List.of(
                        "model-key: expected a key in the setting model-key, in a file named by model-key-file, or in %s, got none"
                                .formatted(variable)));
    }
}
