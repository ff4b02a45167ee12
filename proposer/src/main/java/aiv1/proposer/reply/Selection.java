package aiv1.proposer.reply;

import aiv1.domain.candidate.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
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
            dropLesser(part);
        }
        List<Map<Part, Reading.Source>> groups = groups();
        Map<Part, Reading.Source> chosen = new EnumMap<>(Part.class);
        int complete = lastComplete(groups);
        if (complete < 0) {
            groups.forEach(chosen::putAll);
        } else {
            for (Map<Part, Reading.Source> former : groups.subList(0, complete)) {
                Optional.ofNullable(former.get(Part.COMMON))
                        .ifPresent(common -> chosen.put(Part.COMMON, common));
            }
            if (groups.get(complete).values().stream()
                    .noneMatch(source -> Functions.importsCommon(source.text()))) {
                chosen.clear();
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

    /// A source that lacks its function gives way to one that has it, a nameless to a named one.
    private void dropLesser(Part part) {
        List<Reading.Source> mine = sources.stream().filter(s -> s.part() == part).toList();
        if (mine.size() < 2) {
            return;
        }
        List<Reading.Source> able = mine.stream().filter(Selection::hasFunction).toList();
        List<Reading.Source> left = able.isEmpty() ? mine : able;
        List<Reading.Source> named = left.stream().filter(Reading.Source::isNamed).toList();
        Set<Reading.Source> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        kept.addAll(named.isEmpty() ? left : named);
        sources.removeIf(source -> source.part() == part && !kept.contains(source));
        if (kept.size() < mine.size()) {
            remarks.add(
                    "%s: %d of %d blocks were left out as examples"
                            .formatted(part.fileName(), mine.size() - kept.size(), mine.size()));
        }
    }

    private static boolean hasFunction(Reading.Source source) {
        return switch (source.part()) {
            case ENCODER -> Functions.encodes(source.text());
            case DECODER -> Functions.decodes(source.text());
            case COMMON, ENCODER_C, DECODER_C, COMMON_H -> true;
        };
    }

    private List<Map<Part, Reading.Source>> groups() {
        List<Map<Part, Reading.Source>> groups = new ArrayList<>();
        Map<Part, Reading.Source> group = new EnumMap<>(Part.class);
        for (Reading.Source source : sources) {
            if (group.containsKey(source.part())) {
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
            if (groups.get(at).containsKey(Part.ENCODER)
                    && groups.get(at).containsKey(Part.DECODER)) {
                return at;
            }
        }
        return -1;
    }

    private void tellRepeats(List<Map<Part, Reading.Source>> groups, int complete) {
        if (groups.size() < 2) {
            return;
        }
        long candidates =
                groups.stream()
                        .filter(group -> group.containsKey(Part.ENCODER))
                        .filter(group -> group.containsKey(Part.DECODER))
                        .count();
        remarks.add(
                candidates > 1 && complete >= 0
                        ? "the reply holds %d candidates; the last one was taken"
                                .formatted(candidates)
                        : "a part is given more than once; the last of each was taken");
    }
}
