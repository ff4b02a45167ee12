package aiv1.wire;

import aiv1.domain.clip.Clip;
import aiv1.domain.clip.ClipId;
import aiv1.domain.clip.ClipOrigin;
import aiv1.domain.clip.FrameRate;
import aiv1.domain.clip.VideoFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A clip as JSON: its name, the hash of its content, its shape, and where it came from.
///
/// `frame_rate` is the exact fraction in frames per second as text, such as `"30000/1001"`.
public final class ClipJson {
    private static final Pattern FRACTION = Pattern.compile("([0-9]{1,18})/([0-9]{1,18})");

    private ClipJson() {}

    public static ObjectNode write(Clip clip) {
        ObjectNode object = Json.object();
        object.put("name", clip.name());
        object.put("clip_id", clip.id().sha256());
        object.put("width", clip.format().width());
        object.put("height", clip.format().height());
        object.put("frame_rate", clip.format().frameRate().toString());
        object.put("frame_count", clip.frameCount());
        object.put("source", clip.origin().source());
        object.put("licence", clip.origin().licence());
        object.put("recipe", clip.origin().recipe());
        return object;
    }

    public static Clip read(JsonNode document) {
        return read(JsonFields.of(document, "clip"));
    }

    static ArrayNode write(List<Clip> clips) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        clips.forEach(clip -> array.add(write(clip)));
        return array;
    }

    static Clip read(JsonFields fields) {
        ClipId id = fields.value("clip_id", ClipId::new);
        String name = fields.text("name");
        int width = fields.integer("width");
        int height = fields.integer("height");
        FrameRate rate = frameRate(fields);
        int frameCount = fields.integer("frame_count");
        ClipOrigin origin =
                new ClipOrigin(
                        fields.text("source"), fields.text("licence"), fields.text("recipe"));
        return fields.build(
                () -> new Clip(id, name, new VideoFormat(width, height, rate), frameCount, origin));
    }

    private static FrameRate frameRate(JsonFields fields) {
        Matcher fraction = FRACTION.matcher(fields.text("frame_rate"));
        if (!fraction.matches()) {
            throw fields.wrong("frame_rate", "a fraction such as 30000/1001");
        }
        return fields.build(
                () ->
                        new FrameRate(
                                Long.parseLong(fraction.group(1)),
                                Long.parseLong(fraction.group(2))));
    }
}
