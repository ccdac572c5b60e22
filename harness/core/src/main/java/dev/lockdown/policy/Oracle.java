package dev.lockdown.policy;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import java.util.EnumSet;
import java.util.List;

/// Says what the policies of a cluster state demand of a flow. Pure, and safe for several threads.
///
/// ```java
/// var oracle = new Oracle(cluster.state(), cluster.addresses());
/// var expectation = oracle.expect(Flow.of(web, api, Port.parse("TCP/8080")));
/// expectation.because();              // denied by shop/deny-all (egress of shop/web)
/// oracle.explain(flow).lines();       // the whole chain, with what almost matched
/// ```
///
/// Without addresses ([Addresses#NONE]) everything but ipBlocks is decided.
///
/// @see <a href="https://kubernetes.io/docs/concepts/services-networking/network-policies/">Network Policies</a>
public final class Oracle {
    private final Routes routes;
    private final Sides sides;
    private final Explainer explainer;
    private final Pings pings;

    public Oracle(ClusterState state, Addresses addresses) {
        var podIndex = new PodIndex(state, addresses);
        this.routes = new Routes(state, addresses, podIndex);
        this.sides = new Sides(new CompiledRules(podIndex));
        this.explainer = new Explainer(podIndex, routes);
        this.pings = new Pings(podIndex, routes);
    }

    /// Say what the policies demand of a flow. Made for many flows of one state; the reasons are worked out when they are read.
    ///
    /// A Service counts as what is behind it after DNAT.
    ///
    /// @throws IllegalArgumentException if the flow names a pod, Service or node that is not in the state, or starts at a Service
    public Expectation expect(Flow flow) {
        var source = routes.source(flow);
        var demands = EnumSet.noneOf(Demand.class);
        var question = OpenQuestion.NO_ENDPOINTS;
        var targets = routes.targets(flow);
        for (var target : targets) {
            var egress = sides.egress(source, target, flow.family());
            var ingress = sides.ingress(source, target, flow.family());
            var demand = Demand.of(egress, ingress);
            if (demands.add(demand) && demand == Demand.UNSPECIFIED) question = Demand.question(egress, ingress);
        }
        if (Target.areByOneNode(targets) && Demand.ofAny(demands) == Demand.SPLIT)
            return Demand.UNSPECIFIED.expectation(OpenQuestion.CHOICE_OF_NODE, new LazyLines(explainer::because, flow));
        return Demand.ofAny(demands).expectation(question, new LazyLines(explainer::because, flow));
    }

    /// Say what the policies demand of an ICMP echo: nothing that the API defines where one of its ends is isolated.
    ///
    /// @throws IllegalArgumentException as `expect` does, and if the destination is a Service or the Kubernetes API
    public Expectation expectPing(Endpoint source, Endpoint destination, Family family) {
        return explainPing(source, destination, family).expectation();
    }

    /// Give the reasons of what [#expectPing] says.
    ///
    /// @throws IllegalArgumentException as `expectPing` does
    public Explanation explainPing(Endpoint source, Endpoint destination, Family family) {
        return pings.explain(source, destination, family);
    }

    /// Give the whole chain of reasons of a flow. Its expectation equals that of [#expect].
    ///
    /// @throws IllegalArgumentException as `expect` does
    public Explanation explain(Flow flow) {
        return explainer.explain(flow);
    }

    /// Give the policies that decide a flow: those that refuse it, else those that leave it open, else those that admit it. Empty where
    /// no policy has a say.
    public List<NamespacedName> deciding(Flow flow) {
        return explainer.explain(flow).deciding();
    }
}
