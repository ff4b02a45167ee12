package aiv1.proposer.prompt;

import java.util.List;
import java.util.stream.Collectors;

/// What a model is sent: the text that stays the same from call to call, then sections for this
/// one. `template` is the SHA-256 of the prompt files that it was made from.
public record Prompt(Mode mode, String template, String system, List<Section> sections) {
    /// Characters to a token, near enough for English and code: estimates only.
    private static final double CHARACTERS_PER_TOKEN = 3.6;

    public Prompt {
        sections = List.copyOf(sections);
    }

    /// One part of a prompt, with its name as it is listed to people.
    public record Section(String name, String text) {
        public int estimatedTokens() {
            return estimate(text);
        }
    }

    public String user() {
        return sections.stream().map(Section::text).collect(Collectors.joining("\n"));
    }

    /// System text and sections as one document: what is stored.
    public String text() {
        return system + "\n" + user();
    }

    public int estimatedTokens() {
        return estimate(system) + estimate(user());
    }

    public static int estimate(String text) {
        return (int) Math.ceil(text.length() / CHARACTERS_PER_TOKEN);
    }
}
