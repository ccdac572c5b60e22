package dev.lockdown.spec;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.flow.WatchedFlow;
import dev.lockdown.spec.words.Peer;
import dev.lockdown.spec.words.PortWord;
import dev.lockdown.state.DnsCache;
import dev.lockdown.state.InputException;
import java.util.ArrayList;
import java.util.List;

/// The flows that words about watched flows mean.
record WatchedFlows(ScenarioContext context) {

    List<WatchedFlow> of(Peer from, Peer to, List<PortWord> words) {
        var flows = new ArrayList<WatchedFlow>();
        var plain = words.stream().filter(w -> !(w instanceof PortWord.Web)).toList();
        if (!plain.isEmpty()) flows.addAll(reached(from, to, plain));
        for (var word : words)
            if (word instanceof PortWord.Web(var over)) reached(from, to, List.of(over)).forEach(f -> flows.add(page(f)));
        return flows;
    }

    private List<Flow> reached(Peer from, Peer to, List<PortWord> words) {
        var flows = new ArrayList<Flow>();
        for (var probe : resolver().reaches(from, to, words, 0)) {
            if (!(probe instanceof Probe.Reach(var flow, _)) || flow.port().protocol() == Protocol.SCTP)
                throw new InputException("%s cannot be watched: only flows over TCP and UDP are sampled".formatted(probe));
            flows.add(flow);
        }
        return flows;
    }

    private WatchedFlow page(Flow flow) {
        boolean tls = flow.destination() instanceof Endpoint.KubernetesApi;
        if (tls || flow.port().number() == 53 && flow.destination().equals(DnsCache.asked(context.trial().state())))
            throw new InputException("%s speaks %s; watch it on TCP/%s".formatted(flow.destination(), tls ? "HTTP over TLS alone" : "DNS",
                Integer.toString(flow.port().number())));
        return new WatchedFlow.Http(flow);
    }

    /// Questions for a name, in the cluster's first family.
    List<WatchedFlow> resolving(Peer from, String name) {
        var trial = context.trial();
        var server = DnsCache.asked(trial.state());
        var family = trial.capabilities().families().getFirst();
        return resolver().endpoints(from).stream()
            .<WatchedFlow>map(e -> new WatchedFlow.Lookup(new Flow(e, server, new Port(Protocol.UDP, 53), family), name)).toList();
    }

    private Resolver resolver() {
        return new Resolver(context.trial(), context.cast().waiting());
    }
}
