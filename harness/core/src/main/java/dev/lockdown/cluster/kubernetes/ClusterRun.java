package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.HarnessNamespaces;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.cluster.kubernetes.pool.PodNames;
import dev.lockdown.cluster.kubernetes.pool.PodObjects;
import dev.lockdown.cluster.kubernetes.pool.PodView;
import dev.lockdown.cluster.kubernetes.system.ApiWay;
import dev.lockdown.cluster.kubernetes.system.LateCalls;
import dev.lockdown.cluster.kubernetes.nodes.NodeDoubts;
import dev.lockdown.cluster.kubernetes.nodes.NodeConditions;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.Waits;
import dev.lockdown.cluster.kubernetes.agent.AgentCalls;
import dev.lockdown.cluster.kubernetes.agent.NodeProtocols;
import dev.lockdown.cluster.kubernetes.agent.Threads;
import dev.lockdown.cluster.kubernetes.healing.DeadlineJobs;
import dev.lockdown.cluster.kubernetes.healing.HealingRecords;
import dev.lockdown.cluster.kubernetes.lease.Ledger;
import dev.lockdown.cluster.kubernetes.nodes.ApiCuts;
import dev.lockdown.cluster.kubernetes.nodes.HostPods;
import dev.lockdown.cluster.kubernetes.nodes.Maintenance;
import dev.lockdown.cluster.kubernetes.nodes.NodeToolPods;
import dev.lockdown.cluster.kubernetes.outside.BalancerAddresses;
import dev.lockdown.cluster.kubernetes.outside.OwnHosts;
import dev.lockdown.cluster.kubernetes.outside.OwnMachine;
import dev.lockdown.cluster.kubernetes.system.HostNames;
import dev.lockdown.cluster.kubernetes.system.NodeDumps;
import dev.lockdown.cluster.kubernetes.system.NodeTools;
import dev.lockdown.cluster.kubernetes.system.PluginDiscovery;
import dev.lockdown.state.NetworkPlugin;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the scenarios of one run share on a cluster: its namespaces and pods outlive each of them.
///
/// @param info what was there before the run
/// @param trusted whether the canary was blocked and opened again since the cluster was last disturbed
/// @param watchNumbers gives each watch and each watched flow one of its own
/// @param guards keep how disruptions are healed
/// @param apiCuts know which nodes can be cut off from the API
/// @param tools ways to the nodes' own, where they are allowed
/// @param maintenance what can be done to the cluster from elsewhere
/// @param waits tell what is waited for
/// @param hosts the external hosts that this machine stands for
/// @param names of external hosts that the cluster's DNS was taught
/// @param protocols that the nodes' kernels have
/// @param api knows what to do while the API is not reached
/// @param balancers what load balancers are given
/// @param view of the run's pods
record ClusterRun(KubernetesClient client, Settings settings, Deadlines deadlines, InstantSource clock, ClusterInfo info, Threads threads,
        NamespaceMapping mapping, RunObjects objects, RunNamespaces namespaces, AgentPods pods, AtomicBoolean trusted,
        AtomicInteger watchNumbers, DisruptionGuards guards, ApiCuts apiCuts, @Nullable NodeTools tools, Maintenance maintenance,
        Waits waits, OwnHosts hosts,
        HostNames names, NodeProtocols protocols, ApiWay api, BalancerAddresses balancers, PodView view)
        implements
            AutoCloseable {

    /// Longer than any run.
    private static final Duration NAMED_FOR = Duration.ofDays(1);
    /// A controller of the cluster's own gives an address within a second or two; those of a cloud take a minute.
    private static final Duration OWN_BALANCER = Duration.ofSeconds(8);
    private static final Duration DUMPED_WITHIN = Duration.ofSeconds(5);
    /// A pod is to be started for it.
    private static final Duration DUMPED_BY_PODS_WITHIN = Duration.ofSeconds(15);
    /// Until what was read has come to whoever asked.
    private static final Duration ANSWER = Duration.ofMillis(300);

    static ClusterRun of(KubernetesClient client, LateCalls late, Settings settings, Deadlines deadlines, InstantSource clock,
            ClusterInfo info,
            Ledger ledger, Maintenance maintenance, OwnMachine machine) {
        var threads = new Threads();
        var waits = new Waits();
        var mapping = new NamespaceMapping(settings.namespaces());
        var objects = new RunObjects(client, settings, ledger, deadlines.going(), deadlines.pause(), waits);
        var namespaces = new RunNamespaces(client, settings, mapping, info.namespaces().keySet(), objects, deadlines, waits);
        var nodeNames = info.nodes().stream().collect(Collectors.toMap(ClusterInfo.ClusterNode::alias, ClusterInfo.ClusterNode::name));
        var calls = new AgentCalls(clock, deadlines.travel(), waits);
        var names = new PodNames(mapping::namespace);
        var view = new PodView(client, threads, ApiObjects.RUN, settings.run(), deadlines.pause());
        var starter = new AgentStarter(client, settings, deadlines, mapping, names, view, objects, threads, calls, nodeNames, waits);
        var podObjects = new PodObjects(client, view, threads, waits, deadlines.pause(), deadlines.going());
        var quiet = new AgentStarter(client, settings, deadlines, mapping, names, view, objects, threads, calls, nodeNames,
            new Waits());
        var pods = new AgentPods(podObjects, names, namespaces, starter, quiet, threads, calls, waits);
        var records = new HealingRecords(client, ApiObjects.RUN, ApiErrorText::of, waits);
        var guards =
            new DisruptionGuards(records, new DeadlineJobs(client), settings.run(), mapping, namespaces, objects, pods, clock);
        var hostPods = new HostPods(client, HarnessNamespaces.NODES, settings.agentImage(), Map.of(ApiObjects.RUN, settings.run()),
            pod -> objects.create(pod, () -> client.resource(pod).get()), ApiErrorText::of, deadlines.starting(), deadlines.pause());
        return new ClusterRun(client, settings, deadlines, clock, info, threads, mapping, objects, namespaces, pods,
            new AtomicBoolean(), new AtomicInteger(), guards, new ApiCuts(hostPods, info.apiServers(), settings.run()),
            settings.allowNodePods() ? new NodeToolPods(hostPods) : null, maintenance, waits,
            new OwnHosts(machine, settings.externals(), info.families(), info.machines(), settings.run(), threads, clock),
            new HostNames(client, repairs -> guards.guard("DNS knows the names of external hosts", NAMED_FOR, repairs), records),
            new NodeProtocols(calls, nodeNames),
            new ApiWay(client, new Polling(deadlines.pause()).telling(waits), deadlines.settling(), late, ApiErrorText::of),
            new BalancerAddresses(client, new Polling(deadlines.pause()).telling(waits),
                info.isProvided() ? deadlines.starting() : OWN_BALANCER,
                machine::resolve),
            view);
    }

    /// Look the network plugins up anew, since a scenario may change them; give those of the start where nothing can be read now.
    List<NetworkPlugin> plugins() {
        var nodes = info.nodes().stream().map(ClusterInfo.ClusterNode::name).toList();
        var now = new PluginDiscovery(client).plugins(nodes, info.version());
        return now.isEmpty() ? info.plugins() : now;
    }

    Duration dumpedWithin() {
        return tools == null ? DUMPED_WITHIN : DUMPED_BY_PODS_WITHIN;
    }

    /// Reads what nodes have programmed.
    NodeDumps dumps() {
        var exec = new AccessReview.Rule("", "pods/exec", List.of("create"));
        return new NodeDumps(client, threads.executor(),
            info.nodes().stream().collect(Collectors.toMap(ClusterInfo.ClusterNode::alias, ClusterInfo.ClusterNode::name)),
            mapping.back(), pods.differing(), tools, () -> new AccessReview(client).allowed(exec, "create"), ApiErrorText::of,
            dumpedWithin().minus(ANSWER));
    }

    /// Minds nodes that are not Ready.
    NodeDoubts nodeDoubts() {
        return new NodeDoubts(new NodeConditions(client),
            info.nodes().stream().collect(Collectors.toMap(ClusterInfo.ClusterNode::alias, ClusterInfo.ClusterNode::name)),
            new Endpoint.Service(ClusterInfo.DNS));
    }

    /// Remove everything that the run made, unless it shall stay. The client and the threads are left to the owner.
    @Override
    public void close() {
        objects.end();
        try (objects; view; pods; hosts; names) {
            // Closed in the order from last to first.
        }
    }
}
