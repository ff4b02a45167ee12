package aiv1.proposer.reply;

import aiv1.domain.candidate.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Chooses among the sources of a reply, which may hold several candidates, or a part twice.
///
/// Sources are taken in order; a part that comes again begins another candidate. The last one that
/// is complete counts; a part that comes again alone replaces the former one.
final class Selection {
    private final List<Reading.Source> sources;
    private final List<String> remarks;

    private Selection(List<Reading.Source> sources, List<String> remarks) {
        this.sources = sources;
        this.remarks = remarks;
    }

    static Map<Part, Reading.Source> choose(List<Reading> readings, List<String> remarks)
            throws Refused {
        List<Reading.Source> sources = new ArrayList<>();
        for (Reading reading : readings) {
            if (reading instanceof Reading.Source source) {
                sources.add(source);
            }
        }
        return new Selection(sources, remarks).chosen();
    }

    private Map<Part, Reading.Source> chosen() throws Refused {
        Optional<Reading.Source> cut =
                sources.stream().filter(source -> !source.isWhole()).reduce((first, last) -> last);
        sources.removeIf(source -> !source.isWhole());
        for (Part part : Part.values()) {
            if (part.isPython() || part.isShared()) {
                dropLesser(part);
            }
        }
        List<Map<Part, Reading.Source>> groups = groups();
        requireOneLanguage(groups);
        Map<Part, Reading.Source> chosen = new EnumMap<>(Part.class);
        int complete = lastComplete(groups);
        if (complete < 0) {
            groups.forEach(chosen::putAll);
        } else {
            for (Map<Part, Reading.Source> former : groups.subList(0, complete)) {
                former.forEach(
                        (part, source) -> {
                            if (part.isShared() && isUsed(part, groups.get(complete))) {
                                chosen.put(part, source);
                            }
                        });
            }
            groups.subList(complete, groups.size()).forEach(chosen::putAll);
        }
        if (cut.isPresent()) {
            if (complete < 0 || !chosen.containsKey(cut.get().part())) {
                throw new Refused(
                        cut.get().part().fileName(),
                        "a closing fence after its last line",
                        "a reply that ends within it");
            }
            remarks.add(
                    "the reply ends within a second %s; the candidate before it was taken"
                            .formatted(cut.get().part().fileName()));
        }
        tellRepeats(groups, complete);
        return chosen;
    }

    private static boolean isUsed(Part shared, Map<Part, Reading.Source> group) {
        return group.values().stream()
                .filter(source -> source.part().shared() == shared)
                .anyMatch(source -> Functions.use(shared, source.text()));
    }

    /// Of an encoder there is one, in Python or in C. Only candidates before the last may differ.
    private static void requireOneLanguage(List<Map<Part, Reading.Source>> groups) throws Refused {
        int complete = lastComplete(groups);
        Set<Part> given = EnumSet.noneOf(Part.class);
        for (int at = 0; at < groups.size(); at++) {
            if (at == complete || !isComplete(groups.get(at))) {
                given.addAll(groups.get(at).keySet());
            }
        }
        for (Part part : given) {
            if (isSame(part, part.inOtherLanguage()) && given.contains(part.inOtherLanguage())) {
                throw twice(part);
            }
        }
    }

    /// What refuses an encoder or decoder in two languages.
    static Refused twice(Part part) {
        String other = part.inOtherLanguage().fileName();
        return new Refused(
                "reply",
                "either %s or %s".formatted(part.fileName(), other),
                "both; give the part in one language");
    }

    /// Whether one takes the place of the other. Only common parts of both languages go together.
    private static boolean isSame(Part one, Part other) {
        return one == other || (one == other.inOtherLanguage() && !one.isShared());
    }

    /// A source that lacks its function gives way to one that has it, a nameless to a named one.
    private void dropLesser(Part part) {
        List<Reading.Source> mine = sources.stream().filter(s -> isSame(s.part(), part)).toList();
        if (mine.size() < 2) {
            return;
        }
        List<Reading.Source> able =
                mine.stream()
                        .filter(source -> Functions.define(source.part(), source.text()))
                        .toList();
        List<Reading.Source> left = able.isEmpty() ? mine : able;
        List<Reading.Source> named = left.stream().filter(Reading.Source::isNamed).toList();
        Set<Reading.Source> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        kept.addAll(named.isEmpty() ? left : named);
        sources.removeIf(source -> isSame(source.part(), part) && !kept.contains(source));
        if (kept.size() < mine.size()) {
            remarks.add(
                    "%s: %d of %d blocks were left out as examples"
                            .formatted(
                                    kept.iterator().next().part().fileName(),
                                    mine.size() - kept.size(),
                                    mine.size()));
        }
    }

    private List<Map<Part, Reading.Source>> groups() {
        List<Map<Part, Reading.Source>> groups = new ArrayList<>();
        Map<Part, Reading.Source> group = new EnumMap<>(Part.class);
        for (Reading.Source source : sources) {
            if (group.keySet().stream().anyMatch(part -> isSame(part, source.part()))) {
                groups.add(group);
                group = new EnumMap<>(Part.class);
            }
            group.put(source.part(), source);
        }
        groups.add(group);
        return groups;
    }

    private static int lastComplete(List<Map<Part, Reading.Source>> groups) {
        for (int at = groups.size() - 1; at >= 0; at--) {
            if (isComplete(groups.get(at))) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isComplete(Map<Part, Reading.Source> group) {
        return (group.containsKey(Part.ENCODER) || group.containsKey(Part.ENCODER_C))
                && (group.containsKey(Part.DECODER) || group.containsKey(Part.DECODER_C));
    }

    private void tellRepeats(List<Map<Part, Reading.Source>> groups, int complete) {
        if (groups.size() < 2) {
            return;
        }
        long candidates = groups.stream().filter(Selection::isComplete).count();
        remarks.add(
                candidates > 1 && complete >= 0
                        ? "the reply holds %d candidates; the last one was taken"
                                .formatted(candidates)
                        : "a part is given more than once; the last of each was taken");
    }
}
