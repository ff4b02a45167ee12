package aiv1.dashboard.board;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

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

        Comparator<Entry> comparator() {
            return Comparator.comparingDouble(this::key).thenComparingLong(Entry::position);
        }
    }

    /// Those of `entries` that pass, in order.
    List<Entry> of(List<Entry> entries, Predicate<Entry> isStarred) {
        List<Entry> passed = new ArrayList<>();
        for (Entry entry : entries) {
            if (passes(entry) && (!isStarredOnly || isStarred.test(entry))) {
                passed.add(entry);
            }
        }
        if (order == Order.NEWEST) {
            return passed.reversed();
        }
        if (order != Order.OLDEST) {
            passed.sort(order.comparator());
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

    private boolean passes(Entry entry) {
        return is(campaign, entry.campaign().orElse(""))
                && is(proposer, entry.proposer())
                && is(outcome, entry.outcome())
                && is(contract, entry.contract())
                && (clip.isEmpty() || entry.clips().contains(clip.get()))
                && (matches(entry.id(), entry.candidate())
                        || entry.fault().filter(this::matches).isPresent());
    }

    private static boolean is(Optional<String> wanted, String got) {
        return wanted.isEmpty() || wanted.get().equals(got);
    }

    private boolean matches(Entry.Fault fault) {
        return text.isPresent()
                && (lower(fault.message()).contains(lower(text.get()))
                        || lower(fault.category()).contains(lower(text.get())));
    }

    private boolean matches(String id, String candidate) {
        return text.isEmpty() || id.contains(text.get()) || candidate.startsWith(lower(text.get()));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
