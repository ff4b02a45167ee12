package aiv1.domain.candidate;

import java.util.Locale;
import java.util.Optional;

/// How a candidate's functions are called. `NATIVE` is this lab's own; the others are those of
/// earlier systems.
public enum Contract {
    /// `encode(clip, quality)` to bytes, `decode(bitstream)` to frames.
    NATIVE,
    /// `run_encoding_agent(device)` to a dict, `run_decoding_agent(device, encoding_data)` to a
    /// dict: the seed documents' form.
    C3,
    /// `run_encoding_agent(frames, output_path)`, `run_decoding_agent(input_path, output_path,
    /// frame_count)`: files.
    C5,
    /// `encode(frames)` to bytes, `decode(data, num_frames)` to a list of frames.
    C6;

    /// The name in JSON and on the command line: `native`, `c3`, ...
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Contract> find(String label) {
        for (Contract contract : values()) {
            if (contract.label().equals(label.toLowerCase(Locale.ROOT))) {
                return Optional.of(contract);
            }
        }
        return Optional.empty();
    }
}
