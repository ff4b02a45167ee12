package aiv1.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Asks what a host's name stands for just now.
@FunctionalInterface
public interface Resolver {
    /// The machine's own way: hosts file, then DNS.
    Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /// All addresses of the name, at least one.
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
