package aiv1.domain.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractRecognitionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "native | def encode(clip, quality): | def decode(bitstream):",
                "c3 | def run_encoding_agent(device: str = 'cpu') -> dict: | def run_decoding_agent(device: str = 'cpu', encoding_data: dict = None) -> dict:",
                "c5 | def run_encoding_agent(frames, output_path): | def run_decoding_agent(input_path, output_path, frame_count):",
                "c5 | def encode(frames, output_path): | def decode(input_path, output_path, frame_count):",
                "c6 | def encode(frames): | def decode(data, num_frames):",
                "c6 | def run_encoding_agent(frames): | def decode(data, num_frames):",
                "none | def main(): | def decode(bitstream):",
                "none | def encode(clip): | def unpack(bitstream):",
                "none | '  def encode(clip, quality):' | def decode(bitstream):",
            })
    void a_contract_is_told_from_functions_and_parameters(
            String expected, String encoder, String decoder) {
        assertThat(
                        ContractRecognition.recognise(encoder, decoder)
                                .map(Contract::label)
                                .orElse("none"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"def decode(data: dict[str, int] = {'a': 1}, num_frames=(1, 2)[0]):"})
    void defaults_and_annotations_do_not_split_parameters(String decoder) {
        assertThat(ContractRecognition.recognise("def encode(frames, step=min(1, 2)):", decoder))
                .contains(Contract.C6);
    }

    /// Two million characters that took time with their square.
    @ParameterizedTest
    @ValueSource(strings = {"def encode(\n", "def encode(\tx,(", " ", "def ", "def encode( *"})
    @Timeout(10)
    void hostile_source_takes_linear_time(String piece) {
        String hostile = "def unpack(" + piece.repeat(2_000_000 / piece.length());
        assertThat(ContractRecognition.recognise(hostile, hostile)).isEmpty();
    }
}
