package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.kubernetes.agent.AgentLink;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.dns.AddressQuery;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.flow.WatchedFlow;
import dev.lockdown.pod.AgentRequest.DialRequest;
import dev.lockdown.pod.AgentRequest.ExchangeSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a flow is sampled in one state of the cluster.
///
/// @param source the agent that dials
/// @param listeners the agents of which any may answer; none where others do
record WatchPlan(AgentLink source, DialRequest dial, List<AgentLink> listeners) {
    WatchPlan {
        listeners = List.copyOf(listeners);
    }

    /// @return null as long as one of its ends is not there
    /// @throws UnsupportedException if nobody there speaks HTTP
    static @Nullable WatchPlan of(ProbePlanner planner, WatchedFlow watched) {
        var source = planner.agent(watched.flow().source());
        var dial = source == null ? null : switch (watched) {
            case Flow flow -> reach(planner, flow);
            case WatchedFlow.Http(var flow) -> page(flow, reach(planner, flow));
            case WatchedFlow.Lookup lookup -> lookup(planner, lookup);
        };
        if (source == null || dial == null) return null;
        return new WatchPlan(source, dial, planner.answering(watched.flow()));
    }

    /// Whom a shell can dial for a flow whose source is about to be there, as `address/port`; null where it cannot.
    static @Nullable String firstDial(ProbePlanner planner, WatchedFlow watched) {
        if (!(watched instanceof Flow flow) || flow.port().protocol() != Protocol.TCP) return null;
        var dial = reach(planner, flow);
        return dial == null ? null : "%s/%s".formatted(dial.to(), Integer.toString(dial.port()));
    }

    private static @Nullable DialRequest reach(ProbePlanner planner, Flow flow) {
        return planner.plan(new Probe.Reach(flow, 0)) instanceof ProbePlanner.Plan.Possible(var dial) ? dial : null;
    }

    private static @Nullable DialRequest page(Flow flow, @Nullable DialRequest dial) {
        if (dial == null) return null;
        return switch (dial.exchange()) {
            case ExchangeSpec.Echo(var expected) -> page(dial, expected);
            case ExchangeSpec.Connect _ -> page(dial, List.of());
            case ExchangeSpec.Dns _, ExchangeSpec.Api _, ExchangeSpec.Http _, ExchangeSpec.Ping _ ->
                throw new UnsupportedException("%s cannot be watched over HTTP, which nobody speaks there".formatted(flow));
        };
    }

    private static DialRequest page(DialRequest dial, List<String> expected) {
        return new DialRequest(new ExchangeSpec.Http(dial.to(), expected), dial.protocol(), dial.to(), dial.port(), 0);
    }

    private static @Nullable DialRequest lookup(ProbePlanner planner, WatchedFlow.Lookup lookup) {
        var server = planner.nameServer(lookup.flow().family());
        return server == null ? null
            : new DialRequest(new ExchangeSpec.Dns(AddressQuery.of(lookup.name(), lookup.flow().family())), Protocol.UDP,
                server.getHostAddress(), lookup.flow().port().number(), 0);
    }

    /// Whether its datagrams are numbered and kept by who answers.
    boolean isNumbered() {
        return dial.protocol() == Protocol.UDP && dial.exchange() instanceof ExchangeSpec.Echo;
    }
}
