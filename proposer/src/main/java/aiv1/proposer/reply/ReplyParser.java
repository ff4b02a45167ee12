package aiv1.proposer.reply;

import aiv1.domain.candidate.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a candidate out of what a model wrote, however it wrote it.
///
/// Asked for are fenced blocks named `encoder.py`, `decoder.py` and perhaps `common.py`, or
/// `encoder.c`, `decoder.c` and `common.h` in their place, or edits of the parent's parts. Much
/// else is taken if only one reading of it makes sense; the remarks say what was guessed. A reply
/// is hostile text: time is linear in its length, and nothing is ever thrown.
public final class ReplyParser {
    /// Longest reply that is read, in UTF-16 units.
    static final int REPLY_LENGTH_MAX = 2 << 20;

    private static final int UNWRAP_COUNT_MAX = 2;

    private final Optional<Candidate> parent;
    private final List<String> remarks = new ArrayList<>();

    private ReplyParser(Optional<Candidate> parent) {
        this.parent = parent;
    }

    /// `parent` is the candidate that edits in the reply refer to.
    public static ParsedReply parse(String reply, Optional<Candidate> parent) {
        try {
            return new ReplyParser(parent).read(reply);
        } catch (Refused refused) {
            return new ParsedReply.Unparsable(refused.reason());
        }
    }

    private ParsedReply read(String reply) throws Refused {
        if (reply.length() > REPLY_LENGTH_MAX) {
            throw new Refused(
                    "reply",
                    "at most " + REPLY_LENGTH_MAX + " characters",
                    String.valueOf(reply.length()));
        }
        String text = ReplyText.clean(reply, remarks);
        if (text.isBlank()) {
            throw new Refused("reply", Expected.reply(parent.isPresent()), "nothing");
        }
        Optional<Refused> brokenJson = Optional.empty();
        if (text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[{")) {
            try {
                List<Reading> readings = JsonReply.read(text.strip());
                if (hasCode(readings)) {
                    return found(readings, List.of());
                }
            } catch (Refused broken) {
                brokenJson = Optional.of(broken);
            }
        }
        Optional<ParsedReply> found = inBlocks(List.of(text.split("\n", -1)), brokenJson);
        return found.orElseThrow(
                () ->
                        new Refused(
                                "reply",
                                Expected.reply(parent.isPresent()),
                                "prose without code, " + Refused.quoted(text.strip())));
    }

    /// Empty when there is not even a block.
    private Optional<ParsedReply> inBlocks(List<String> lines, Optional<Refused> brokenJson)
            throws Refused {
        BlockScanner.Scan scan = BlockScanner.scan(lines, remarks);
        List<Reading> readings = BlockReader.read(scan.blocks());
        for (int count = 0; count < UNWRAP_COUNT_MAX && !hasCode(readings); count++) {
            Optional<Block> wrapper =
                    scan.blocks().stream().filter(Wrapping::isWrapper).findFirst();
            if (wrapper.isEmpty()) {
                break;
            }
            scan = BlockScanner.scan(wrapper.get().lines(), remarks);
            readings = BlockReader.read(scan.blocks());
        }
        if (hasCode(readings)) {
            return Optional.of(found(readings, scan.prose()));
        }
        Wrapping.Unfenced unfenced = Wrapping.unfenced(scan, lines);
        if (!unfenced.readings().isEmpty()) {
            return Optional.of(found(unfenced.readings(), unfenced.prose()));
        }
        if (brokenJson.isPresent()) {
            throw brokenJson.get();
        }
        return scan.blocks().isEmpty()
                ? Optional.empty()
                : Optional.of(found(readings, scan.prose()));
    }

    private ParsedReply found(List<Reading> readings, List<List<String>> prose) throws Refused {
        Candidate candidate = Assembly.assemble(readings, parent, remarks);
        return new ParsedReply.Found(
                candidate,
                Rationale.of(readings, prose, remarks),
                remarks.stream().distinct().toList());
    }

    private static boolean hasCode(List<Reading> readings) {
        return readings.stream()
                .anyMatch(
                        reading ->
                                !(reading instanceof Reading.Other
                                        || reading instanceof Reading.Rationale));
    }
}
