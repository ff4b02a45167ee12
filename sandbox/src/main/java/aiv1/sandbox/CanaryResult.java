package aiv1.sandbox;

/// A harmless attack that was really tried in the sandbox, and whether it was contained.
public record CanaryResult(String name, boolean contained, String detail) {}
