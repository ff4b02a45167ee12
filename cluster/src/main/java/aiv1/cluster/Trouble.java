package aiv1.cluster;

/// Why a worker is of no use just now. Never the candidate's fault.
public enum Trouble {
    NO_SUCH_HOST("check the name, or whether the network knows it yet"),
    BAD_LIST("write one URL a line into the file, such as http://name:8080"),
    REFUSED("start the worker there, or correct the port"),
    NO_ROUTE("correct the address, or see why the network does not lead there"),
    TIMED_OUT(
            "check that this is the machine's address; see whether a firewall is in between, or the machine hangs"),
    NO_TLS("see that both sides use https with a certificate that is trusted"),
    NOT_A_WORKER("correct the address: something else listens there"),
    TOKEN_REFUSED("give the worker's token, in AIV1_WORKER_TOKEN or the configuration"),
    WRONG_BUILD("update and restart the worker, so that both run one build"),
    WRONG_NUMBERS("run 'aiv1 doctor' there: what it measures can't be believed"),
    WRONG_CLOCK("set the clocks by NTP"),
    DISK_FULL("free space there, or lower worker-clip-cache"),
    BUSY("wait, or add workers"),
    CUT("see the worker's log: it may have been stopped"),
    GARBAGE("see the worker's log: what it sent is no result of this lab"),
    REFUSES("see what it says"),
    LEFT("list it again when it is back"),
    LIED("find out what runs there; nothing that it measured can be believed");

    private final String advice;

    Trouble(String advice) {
        this.advice = advice;
    }

    /// What to do about it.
    public String advice() {
        return advice;
    }
}
