package aiv1.proposer.prompt;

/// What candidates really find on the worker: versions, "absent" for a library that is not there.
public record WorkerFacts(String python, String numpy, String scipy) {}
