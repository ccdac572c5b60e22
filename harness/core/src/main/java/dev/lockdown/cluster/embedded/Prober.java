package dev.lockdown.cluster.embedded;

import dev.lockdown.state.DnsCache;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.Watch;
import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.cluster.embedded.dial.DialPlanner;
import dev.lockdown.cluster.embedded.dial.Dialler;
import dev.lockdown.cluster.embedded.dial.DnsLookups;
import dev.lockdown.cluster.embedded.dial.NetworkEndpoints;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.watch.FlowWatcher;
import dev.lockdown.cluster.embedded.watch.WatchPorts;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Probe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/// Plans the dials of probes, has them made together, and gives an observation of each.
final class Prober {
    private final Dialler dialler;
    private final NetworkEndpoints endpoints;
    private final ApiNode api;
    private final Family preferred;
    private final InstantSource clock;
    private final WatchPorts ports;

    /// @param preferred the family in which the cluster's DNS is asked
    Prober(Dialler dialler, NetworkEndpoints endpoints, ApiNode api, Family preferred, InstantSource clock) {
        this.dialler = dialler;
        this.endpoints = endpoints;
        this.api = api;
        this.preferred = preferred;
        this.clock = clock;
        ports = new WatchPorts(dialler::forgetConnections);
    }

    /// @param asked hears how many dials have been made
    /// @return one for each probe, in their order
    List<Observation> observe(List<Probe> probes, Dialling how, Snapshot now, IntConsumer asked) {
        var planner = planner(now, how.longest());
        var plans = probes.stream().map(p -> planner.plan(p, how.payload())).toList();
        var planned = plans.stream().filter(DialPlanner.Plan.Once.class::isInstance).map(p -> ((DialPlanner.Plan.Once) p).dial()).toList();
        var seen = dialler.observe(planned, how.longest(), asked).iterator();
        var observations = new ArrayList<Observation>(probes.size());
        for (var plan : plans) observations.add(switch (plan) {
            case DialPlanner.Plan.Once once -> planner.finish(once, seen.next());
            case DialPlanner.Plan.Resolve resolve -> planner.resolve(resolve, how.longest());
            case DialPlanner.Plan.Impossible(var probe, var because) -> new Observation(probe, because, clock.instant(), List.of());
        });
        return observations;
    }

    void forgetConnections() {
        dialler.forgetConnections();
    }

    /// Watch flows until that is closed.
    FlowWatcher watch(Watch watch, Watch.Sink sink, NamespaceThread namespaces, Snapshot now) {
        return FlowWatcher.start(watch, sink, planner(now), namespaces, clock, ports);
    }

    /// Plans for a state, whose deadlines are the caller's.
    DialPlanner planner(Snapshot now) {
        return planner(now, Dialling.DEFAULT.deadline());
    }

    private DialPlanner planner(Snapshot now, Duration deadline) {
        var server = now.addresses().of(DnsCache.asked(now.state()), preferred).orElseThrow();
        return new DialPlanner(now.state(), now.addresses(), endpoints, new DnsLookups(dialler, server), api.calls(deadline));
    }
}
