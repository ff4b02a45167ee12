package aiv1.media;

import java.util.List;

/// A reference codec: which encoder of ffmpeg, with which arguments, at which settings; `{}` in an
/// argument stands for the setting.
///
/// `format` is that of the elementary stream, whose bytes are counted; `strip` is the bitstream
/// filter that takes out what is no video, such as the encoder's options, or empty.
public record Anchor(
        String name,
        String description,
        String encoder,
        List<String> arguments,
        String format,
        String strip,
        List<Integer> settings) {
    public Anchor {
        arguments = List.copyOf(arguments);
        settings = List.copyOf(settings);
    }

    List<String> argumentsAt(int setting) {
        return arguments.stream()
                .map(argument -> argument.replace("{}", Integer.toString(setting)))
                .toList();
    }
}
