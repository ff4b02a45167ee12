package aiv1.sandbox;

/// The versions that a candidate really finds inside the sandbox; "absent" for a library or
/// compiler that is not there.
public record PythonFacts(String version, String numpy, String scipy, String numba, String gcc) {}
