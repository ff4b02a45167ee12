package aiv1.wire;

import aiv1.domain.ArtifactId;
import aiv1.domain.experiment.Measurement;
import aiv1.domain.experiment.RunOutcome;
import aiv1.domain.experiment.RunResult;
import aiv1.domain.experiment.Usage;
import aiv1.domain.rd.Distortion;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A run as JSON: the same keys whether it was measured or not, each `null` when not.
///
/// `psnr_yuv_db` and `peak_memory_bytes` are derived from their neighbours and not read back.
final class RunJson {
    private static final List<String> MEASURED_KEYS =
            List.of(
                    "stream_bytes",
                    "bitrate_kbps",
                    "psnr_y_db",
                    "psnr_u_db",
                    "psnr_v_db",
                    "psnr_yuv_db",
                    "apsnr_y_db",
                    "apsnr_u_db",
                    "apsnr_v_db",
                    "ssim_y",
                    "encode_cpu_seconds",
                    "decode_cpu_seconds",
                    "encode_wall_seconds",
                    "decode_wall_seconds",
                    "encode_peak_memory_bytes",
                    "decode_peak_memory_bytes",
                    "peak_memory_bytes",
                    "bitstream_sha256",
                    "reconstruction_sha256",
                    "frames_sha256");

    private RunJson() {}

    static ObjectNode write(String where, RunResult run) {
        ObjectNode object = Json.object();
        object.put("clip", run.clip());
        object.put("quality", run.quality());
        object.put("outcome", run.outcome().label());
        switch (run.outcome()) {
            case RunOutcome.Measured measured -> {
                Measurement measurement = measured.measurement();
                put(object, where, measurement);
                object.set("labels", Json.texts(measurement.labels()));
                object.putNull("failure");
            }
            case RunOutcome.NotMeasured stopped -> {
                MEASURED_KEYS.forEach(object::putNull);
                object.set("labels", Json.texts(List.of()));
                object.set("failure", FailureJson.write(stopped.failure()));
            }
        }
        return object;
    }

    static RunResult read(JsonFields fields) {
        return new RunResult(fields.text("clip"), fields.integer("quality"), readOutcome(fields));
    }

    private static RunOutcome readOutcome(JsonFields fields) {
        if (!fields.text("outcome").equals("measured")) {
            for (String key : MEASURED_KEYS) {
                if (!fields.isAbsent(key)) {
                    throw fields.wrong(key, "null in a run that was not measured");
                }
            }
            return FailureJson.readOutcome(fields);
        }
        if (!fields.isAbsent("failure")) {
            throw fields.wrong("failure", "null in a measured run");
        }
        return new RunOutcome.Measured(readMeasurement(fields));
    }

    private static void put(ObjectNode object, String where, Measurement measurement) {
        Distortion distortion = measurement.distortion();
        Usage encode = measurement.encode();
        Usage decode = measurement.decode();
        object.put("stream_bytes", measurement.streamBytes());
        Json.putFinite(object, where, "bitrate_kbps", measurement.bitrateKbps());
        Json.putFinite(object, where, "psnr_y_db", distortion.psnrY());
        Json.putFinite(object, where, "psnr_u_db", distortion.psnrU());
        Json.putFinite(object, where, "psnr_v_db", distortion.psnrV());
        Json.putFinite(object, where, "psnr_yuv_db", distortion.psnrYuv());
        Json.putFinite(object, where, "apsnr_y_db", distortion.apsnrY());
        Json.putFinite(object, where, "apsnr_u_db", distortion.apsnrU());
        Json.putFinite(object, where, "apsnr_v_db", distortion.apsnrV());
        Json.putFinite(object, where, "ssim_y", distortion.ssimY());
        object.put("encode_cpu_seconds", Seconds.of(encode.cpu()));
        object.put("decode_cpu_seconds", Seconds.of(decode.cpu()));
        object.put("encode_wall_seconds", Seconds.of(encode.wall()));
        object.put("decode_wall_seconds", Seconds.of(decode.wall()));
        object.put("encode_peak_memory_bytes", encode.peakMemoryBytes());
        object.put("decode_peak_memory_bytes", decode.peakMemoryBytes());
        object.put("peak_memory_bytes", measurement.peakMemoryBytes());
        object.put("bitstream_sha256", measurement.bitstream().sha256());
        object.put("reconstruction_sha256", measurement.reconstructionSha256());
        object.put("frames_sha256", measurement.frames().sha256());
    }

    private static Measurement readMeasurement(JsonFields fields) {
        Distortion distortion =
                new Distortion(
                        fields.number("psnr_y_db"),
                        fields.number("psnr_u_db"),
                        fields.number("psnr_v_db"),
                        fields.number("apsnr_y_db"),
                        fields.number("apsnr_u_db"),
                        fields.number("apsnr_v_db"),
                        fields.number("ssim_y"));
        long streamBytes = fields.wholeNumber("stream_bytes");
        double bitrateKbps = fields.number("bitrate_kbps");
        ArtifactId bitstream = fields.value("bitstream_sha256", ArtifactId::new);
        String reconstruction = fields.text("reconstruction_sha256");
        ArtifactId frames = fields.value("frames_sha256", ArtifactId::new);
        return fields.build(
                () ->
                        new Measurement(
                                streamBytes,
                                bitrateKbps,
                                distortion,
                                readUsage(fields, "encode"),
                                readUsage(fields, "decode"),
                                bitstream,
                                reconstruction,
                                frames,
                                fields.texts("labels")));
    }

    private static Usage readUsage(JsonFields fields, String stage) {
        return new Usage(
                fields.seconds(stage + "_cpu_seconds"),
                fields.seconds(stage + "_wall_seconds"),
                fields.wholeNumber(stage + "_peak_memory_bytes"));
    }
}
