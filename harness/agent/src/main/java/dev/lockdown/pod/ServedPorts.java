package dev.lockdown.pod;

import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.probe.Agent;
import dev.lockdown.probe.AgentLoop;
import dev.lockdown.probe.Sockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The ports that an agent serves at the addresses of its pod, which may become others. Thread-safe.
final class ServedPorts {
    private final Agent agent;
    private final AgentLoop loop;
    private final Sockets sockets;
    private final List<InetAddress> addresses;
    private final Set<Port> open = new LinkedHashSet<>(); // guarded by this
    private volatile Served now = Served.NOTHING;

    /// @param addresses the pod's own
    ServedPorts(Agent agent, AgentLoop loop, Sockets sockets, List<InetAddress> addresses) {
        this.agent = agent;
        this.loop = loop;
        this.sockets = sockets;
        this.addresses = List.copyOf(addresses);
    }

    /// Serve these ports and no others. Those that are served already are not interrupted, and the others are shut when this returns.
    synchronized Served serve(List<Port> wanted) throws InterruptedException {
        var leaving = open.stream().filter(p -> !wanted.contains(p)).toList();
        leaving.forEach(agent::stopServing);
        open.removeAll(leaving);
        // Until then the kernel still accepts connections there.
        if (!leaving.isEmpty()) loop.letGo();
        var problems = new LinkedHashMap<String, String>();
        for (var port : wanted) if (!open.contains(port)) open(port, problems);
        var lacks = problems.keySet().stream().map(p -> Port.parse(p).protocol()).distinct().filter(p -> sockets.lacking(p).isPresent())
            .map(Protocol::name).toList();
        var served = new Served(new ArrayList<>(open).stream().map(Port::toString).toList(), problems, lacks);
        now = served;
        return served;
    }

    private void open(Port port, LinkedHashMap<String, String> problems) {
        try {
            for (var address : addresses) agent.serve(port.protocol(), new InetSocketAddress(address, port.number()));
            open.add(port);
        } catch (IOException e) {
            agent.stopServing(port);
            problems.put(port.toString(), String.valueOf(e.getMessage()));
        }
    }

    /// What is served at present.
    Served now() {
        return now;
    }
}
