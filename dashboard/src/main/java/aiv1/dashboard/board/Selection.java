package aiv1.dashboard.board;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Which recorded experiments a list shows, and in which order. Absent filters let everything pass.
public record Selection(
        Optional<String> campaign,
        Optional<String> text,
        Optional<String> proposer,
        Optional<String> outcome,
        Optional<String> contract,
        Optional<String> clip,
        boolean isStarredOnly,
        Order order) {

    /// The orders of a list. What has no number comes last; equal ones in the order of recording.
    public enum Order {
        NEWEST,
        OLDEST,
        BD_TOTAL,
        BD_STREAM,
        DECODER_BYTES,
        DURATION;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        double key(Entry entry) {
            return switch (this) {
                case NEWEST -> -entry.position();
                case OLDEST -> entry.position();
                case BD_TOTAL -> entry.total().percent().orElse(Double.MAX_VALUE);
                case BD_STREAM -> entry.stream().percent().orElse(Double.MAX_VALUE);
                case DECODER_BYTES -> entry.decoderBytes().orElse(Long.MAX_VALUE);
                case DURATION -> Duration.between(entry.startedAt(), entry.finishedAt()).toMillis();
            };
        }
    }

    /// All of a campaign, or of all campaigns.
    public static Selection all(Optional<String> campaign, Order order) {
        return new Selection(
                campaign,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                order);
    }

    /// Whether nothing is left out.
    boolean isAll() {
        return campaign.isEmpty()
                && text.isEmpty()
                && proposer.isEmpty()
                && outcome.isEmpty()
                && contract.isEmpty()
                && clip.isEmpty()
                && !isStarredOnly;
    }

    /// Those of `entries` that pass, in their order.
    List<Entry> of(List<Entry> entries, Predicate<Entry> isStarred) {
        List<Entry> passed = new ArrayList<>();
        Optional<Search> search = text.map(Search::of);
        for (Entry entry : entries) {
            if (passes(entry, search) && (!isStarredOnly || isStarred.test(entry))) {
                passed.add(entry);
            }
        }
        return passed;
    }

    /// Whether one that has no result yet would be among them, as far as it is known.
    public boolean passes(Running running) {
        return is(campaign, running.proposal().campaign().map(Object::toString).orElse(""))
                && is(proposer, running.proposal().proposer())
                && is(contract, running.proposal().contract())
                && outcome.isEmpty()
                && clip.isEmpty()
                && !isStarredOnly
                && matches(running.id(), running.proposal().candidate().sha256());
    }

    private boolean passes(Entry entry, Optional<Search> search) {
        return is(campaign, entry.campaign().orElse(""))
                && is(proposer, entry.proposer())
                && is(outcome, entry.outcome())
                && is(contract, entry.contract())
                && (clip.isEmpty() || entry.clips().contains(clip.get()))
                && (search.isEmpty() || search.get().matches(entry));
    }

    private static boolean is(Optional<String> wanted, String got) {
        return wanted.isEmpty() || wanted.get().equals(got);
    }

    /// What is looked for in everything: a text that is no part of an id is not looked for in ids.
    private record Search(String text, String lowered, boolean isOfId, boolean isOfCandidate) {
        private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]+");
        private static final Pattern CANDIDATE = Pattern.compile("[0-9a-f]+");

        static Search of(String text) {
            String lower = lower(text);
            return new Search(
                    text, lower, ID.matcher(text).matches(), CANDIDATE.matcher(lower).matches());
        }

        boolean matches(Entry entry) {
            return (isOfId && entry.id().contains(text))
                    || (isOfCandidate && entry.candidate().startsWith(lowered))
                    || (entry.fault().isPresent()
                            && entry.fault().get().searched().contains(lowered));
        }
    }

    private boolean matches(String id, String candidate) {
        return text.isEmpty() || id.contains(text.get()) || candidate.startsWith(lower(text.get()));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
