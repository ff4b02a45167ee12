package aiv1.sandbox;

/// How strong the sandbox of this machine is. A: with a memory cgroup; B: without; C: without user
/// namespaces.
///
/// This build launches tier B; the others have their place here.
public enum SandboxTier {
    A,
    B,
    C;

    public String label() {
        return name();
    }
}
