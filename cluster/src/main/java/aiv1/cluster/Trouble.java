package aiv1.cluster;

/// Why a worker is of no use just now. Never the candidate's fault.
public enum Trouble {
    NO_SUCH_HOST("check the name, or whether the network knows it yet"),
    REFUSED("start the worker there, or correct the port"),
    TIMED_OUT("see whether a firewall is in between, or the machine hangs"),
    NO_TLS("see that both sides use https with a certificate that is trusted"),
    NOT_A_WORKER("correct the address: something else listens there"),
    TOKEN_REFUSED("give the worker's token, in AIV1_WORKER_TOKEN or the configuration"),
    WRONG_BUILD("update and restart the worker, so that both run one build"),
    WRONG_NUMBERS("run 'aiv1 doctor' there: what it measures can't be believed"),
    WRONG_CLOCK("set the clocks by NTP"),
    BUSY("wait, or add workers"),
    CUT("see the worker's log: it may have been stopped"),
    GARBAGE("see the worker's log: what it sent is no result of this lab");

    private final String advice;

    Trouble(String advice) {
        this.advice = advice;
    }

    /// What to do about it.
    public String advice() {
        return advice;
    }
}
