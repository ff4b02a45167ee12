package aiv1.proposer.reply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Divides a reply into blocks and the prose around them, in one pass over its lines.
///
/// Each line is looked at a bounded number of times, so time is linear in the reply's length.
final class BlockScanner {
    /// So many different tags are looked for; each costs a pass over the reply.
    private static final int TAG_COUNT_MAX = 40;

    private final List<String> lines;
    private final List<Block> blocks = new ArrayList<>();
    private final List<List<String>> prose = new ArrayList<>();
    private final List<String> remarks;
    private final Map<String, Integer> lastLineWith = new HashMap<>();
    private List<String> stretch = new ArrayList<>();
    private Optional<String> heading = Optional.empty();

    private BlockScanner(List<String> lines, List<String> remarks) {
        this.lines = lines;
        this.remarks = remarks;
    }

    /// `prose` has one more entry than there are blocks: what comes before each, and after the
    /// last.
    record Scan(List<Block> blocks, List<List<String>> prose) {}

    static Scan scan(List<String> lines, List<String> remarks) {
        BlockScanner scanner = new BlockScanner(lines, remarks);
        int next = 0;
        while (next < lines.size()) {
            next = scanner.step(next);
        }
        scanner.prose.add(scanner.stretch);
        return new Scan(scanner.blocks, scanner.prose);
    }

    private int step(int at) {
        String line = lines.get(at);
        Optional<FenceLine> fence = FenceLine.opening(line);
        if (fence.isPresent()) {
            return fenced(at, fence.get());
        }
        if (EditMarks.isOpening(line)) {
            return bareEdit(at);
        }
        Optional<TagLine> tag = TagLine.opening(line);
        if (tag.isPresent() && !isTagOfFence(at, tag.get())) {
            Optional<Integer> end = lineWith(tag.get().closing()).filter(last -> last >= at);
            if (end.isPresent()) {
                return tagged(at, tag.get());
            }
        }
        stretch.add(line);
        if (isHeading(line)) {
            heading = Optional.of(line);
        }
        return at + 1;
    }

    private int fenced(int start, FenceLine fence) {
        List<String> body = new ArrayList<>();
        for (int at = start + 1; at < lines.size(); at++) {
            String line = lines.get(at);
            if (fence.isClosedBy(line)) {
                add(fence.info(), body, true);
                return at + 1;
            }
            if (opensNext(fence, line, body)) {
                List<String> labels = withoutLabel(body);
                if (!withoutInlineFence(body) && isCode(fence)) {
                    remarks.add("a code block was not closed before the next one began");
                }
                add(fence.info(), body, true);
                stretch.addAll(labels);
                return at;
            }
            body.add(fence.unindented(line));
        }
        boolean isClosed = withoutInlineFence(body);
        add(fence.info(), body, isClosed);
        return lines.size();
    }

    /// Whether `line`, within an open block, begins another: it is a fence that names a part, or
    /// one below a label that does, or any fence with an info string if the open block is no code.
    private static boolean opensNext(FenceLine open, String line, List<String> body) {
        Optional<FenceLine> next = FenceLine.opening(line);
        if (next.isEmpty()
                || next.get().mark() != open.mark()
                || next.get().length() != open.length()
                || next.get().info().isEmpty()) {
            return false;
        }
        return !isCode(open)
                || Names.inInfo(next.get().info()).isPresent()
                || (!body.isEmpty() && isPartLabel(body.getLast()));
    }

    private static boolean isCode(FenceLine fence) {
        Block block = new Block(fence.info(), List.of(), List.of(), true);
        return block.mayBePython() || block.isC();
    }

    /// Takes the label of the next block off the end of this one.
    private static List<String> withoutLabel(List<String> body) {
        List<String> labels = new ArrayList<>();
        while (!body.isEmpty() && (body.getLast().isBlank() || isPartLabel(body.getLast()))) {
            labels.addFirst(body.removeLast());
        }
        return labels;
    }

    private static boolean isPartLabel(String line) {
        return Names.asLabel(line).filter(BlockName.OfPart.class::isInstance).isPresent();
    }

    /// A fence put behind the last line of code instead of below it.
    private static boolean withoutInlineFence(List<String> body) {
        while (!body.isEmpty() && body.getLast().isBlank()) {
            body.removeLast();
        }
        if (body.isEmpty() || !body.getLast().stripTrailing().endsWith("```")) {
            return false;
        }
        String last = body.removeLast().stripTrailing();
        body.add(last.substring(0, last.length() - "```".length()));
        return true;
    }

    private int bareEdit(int start) {
        List<String> body = new ArrayList<>();
        for (int at = start; at < lines.size(); at++) {
            body.add(lines.get(at));
            if (EditMarks.isClosing(lines.get(at))) {
                add("", body, true);
                return at + 1;
            }
        }
        add("", body, false);
        return lines.size();
    }

    /// A tag around a fence does no more than name it.
    private boolean isTagOfFence(int at, TagLine tag) {
        int next = at + 1;
        while (next < lines.size() && next < at + 3 && lines.get(next).isBlank()) {
            next++;
        }
        return tag.rest().isBlank()
                && next < lines.size()
                && FenceLine.opening(lines.get(next)).isPresent();
    }

    private int tagged(int start, TagLine tag) {
        List<String> body = new ArrayList<>();
        for (int at = start; at < lines.size(); at++) {
            String line = at == start ? tag.rest() : lines.get(at);
            int end = line.indexOf(tag.closing());
            if (end >= 0) {
                body.add(line.substring(0, end));
                break;
            }
            body.add(line);
        }
        int next = start + body.size();
        if (!body.isEmpty() && body.getFirst().isBlank()) {
            body.removeFirst();
        }
        withoutCdata(body);
        add(tag.inside(), body, true);
        return next;
    }

    private static void withoutCdata(List<String> body) {
        if (!body.isEmpty() && body.getFirst().strip().startsWith("<![CDATA[")) {
            body.set(0, body.getFirst().strip().substring("<![CDATA[".length()));
            String last = body.getLast().stripTrailing();
            if (last.isEmpty() && body.size() > 1) {
                body.removeLast();
                last = body.getLast().stripTrailing();
            }
            body.set(
                    body.size() - 1,
                    last.endsWith("]]>") ? last.substring(0, last.length() - 3) : last);
        }
    }

    /// The last line that holds `text`; each text is looked for once.
    private Optional<Integer> lineWith(String text) {
        if (lastLineWith.size() == TAG_COUNT_MAX && !lastLineWith.containsKey(text)) {
            return Optional.empty();
        }
        int last =
                lastLineWith.computeIfAbsent(
                        text,
                        wanted -> {
                            int at = lines.size() - 1;
                            while (at >= 0 && !lines.get(at).contains(wanted)) {
                                at--;
                            }
                            return at;
                        });
        return last < 0 ? Optional.empty() : Optional.of(last);
    }

    private void add(String info, List<String> body, boolean isClosed) {
        List<String> labels = new ArrayList<>();
        for (int at = stretch.size() - 1; at >= 0 && labels.isEmpty(); at--) {
            if (!stretch.get(at).isBlank()) {
                labels.add(stretch.get(at));
            }
        }
        heading.ifPresent(labels::add);
        blocks.add(new Block(info, labels, body, isClosed));
        prose.add(stretch);
        stretch = new ArrayList<>();
        heading = Optional.empty();
    }

    private static boolean isHeading(String line) {
        return line.startsWith("#") || line.startsWith("**");
    }
}
