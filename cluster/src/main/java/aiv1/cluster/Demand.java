package aiv1.cluster;

/// What a campaign wants of its workers: `build` is this program's, every worker of another one is
/// refused; `capability`, such as `cpu` or `cuda`, must be among what a worker has for it to get
/// experiments.
public record Demand(String build, String capability) {}
