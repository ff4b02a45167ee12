package aiv1.domain.clip;

/// Where a clip came from: `source` (a URL or a file's name and hash), its `licence` (or
/// "unknown"), and the `recipe` by which its frames were made from the source (or "as it is").
public record ClipOrigin(String source, String licence, String recipe) {}
