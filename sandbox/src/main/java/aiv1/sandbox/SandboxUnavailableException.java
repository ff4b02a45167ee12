package aiv1.sandbox;

import aiv1.domain.LabFaultException;

/// No sandbox on this machine: what is missing and what to do. Candidates are never run without
/// one.
public final class SandboxUnavailableException extends LabFaultException {
    private static final long serialVersionUID = 1;

    public SandboxUnavailableException(String message) {
        super(message);
    }
}
