package aiv1.domain.candidate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells a candidate's contract from the top-level functions that its parts define and the names of
/// their parameters.
///
/// The source is only looked at, never run: what it says of itself decides how it will be called,
/// nothing more.
public final class ContractRecognition {
    private static final Pattern FUNCTION =
            Pattern.compile("^(?:async )?def\\s+(\\w+)\\s*\\(", Pattern.MULTILINE);
    private static final Pattern PARAMETER = Pattern.compile("^\\s*+\\*{0,2}+\\s*+(\\w++)");

    private ContractRecognition() {}

    /// Empty when no contract knows these functions.
    public static Optional<Contract> recognise(String encoder, String decoder) {
        Map<String, List<String>> encoding = functions(encoder);
        Map<String, List<String>> decoding = functions(decoder);
        if (decoding.containsKey("run_decoding_agent")) {
            List<String> parameters = decoding.get("run_decoding_agent");
            if (parameters.contains("input_path") || parameters.contains("output_path")) {
                return Optional.of(Contract.C5);
            }
            return encoding.containsKey("run_encoding_agent")
                    ? Optional.of(Contract.C3)
                    : Optional.empty();
        }
        if (!decoding.containsKey("decode")) {
            return Optional.empty();
        }
        List<String> decode = decoding.get("decode");
        if (decode.contains("output_path")) {
            return Optional.of(Contract.C5);
        }
        List<String> encode = encoding.getOrDefault("encode", List.of());
        if (decode.contains("num_frames")
                || encode.contains("frames")
                || encoding.containsKey("run_encoding_agent")) {
            return Optional.of(Contract.C6);
        }
        return encoding.containsKey("encode") ? Optional.of(Contract.NATIVE) : Optional.empty();
    }

    /// The names of the parameters of each top-level function. A list that never closes ends where
    /// the next function begins, so that hostile source costs no more than linear time.
    private static Map<String, List<String>> functions(String source) {
        Map<String, List<String>> functions = new HashMap<>();
        Matcher matcher = FUNCTION.matcher(source);
        boolean isFound = matcher.find();
        while (isFound) {
            String name = matcher.group(1);
            int start = matcher.end();
            isFound = matcher.find();
            int end = isFound ? matcher.start() : source.length();
            functions.put(name, parameters(source, start, end));
        }
        return functions;
    }

    /// Splits at commas outside of brackets, up to the parenthesis that closes.
    private static List<String> parameters(String source, int start, int end) {
        List<String> names = new ArrayList<>();
        int depth = 0;
        int from = start;
        for (int i = start; i < end; i++) {
            char c = source.charAt(i);
            boolean isEnd = c == ')' && depth == 0;
            if (isEnd || (c == ',' && depth == 0)) {
                Matcher name = PARAMETER.matcher(source.substring(from, i));
                if (name.find()) {
                    names.add(name.group(1));
                }
                from = i + 1;
            }
            if (isEnd) {
                break;
            }
            depth += "([{".indexOf(c) >= 0 ? 1 : 0;
            depth -= ")]}".indexOf(c) >= 0 ? 1 : 0;
        }
        return names;
    }
}
