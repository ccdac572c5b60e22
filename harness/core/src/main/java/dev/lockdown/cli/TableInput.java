package dev.lockdown.cli;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.policy.Oracle;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.Node;
import dev.lockdown.table.Later;
import dev.lockdown.table.DescribedStates;
import dev.lockdown.state.InputException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ParseResult;

/// Reads what `table` is typed with, and remarks on what is hardly meant.
final class TableInput {
    private static final List<String> NODES = List.of("node-1", "node-2");

    private final PrintWriter err;
    private final Map<NamespacedName, List<String>> given = new HashMap<>();

    TableInput(PrintWriter err) {
        this.err = err;
    }

    /// @throws InputException if there is nothing to ask, or the manifests do not fit each other
    DescribedStates read(ParseResult typed, List<Port> ports) {
        String namespace = typed.matchedOptionValue("--namespace", "default");
        var manifest = ManifestOptions.read(typed).onNodes(NODES);
        ManifestOptions.tell(manifest.notes(), err);
        given.putAll(manifest.addresses());
        var hosts = typed.matchedOptionValue("--host", List.<String>of()).stream().map(TableInput::outside).toList();
        var states = DescribedStates.of(manifest, ports, List.of()).beside(hosts);
        requireSomebody(states);
        var state = cast(states).after(states.policies());
        var later = new ArrayList<List<Change>>();
        for (var path : typed.matchedOptionValue("--then", List.<Path>of())) {
            var then = Manifests.read(path, namespace).requireRead(typed.hasMatchedOption("--accept-unseen")).onNodes(NODES);
            ManifestOptions.tell(then.notes(), err);
            var changes = Later.changes(then, state);
            later.add(changes);
            state = after(state, changes, path);
        }
        warn(state, typed.hasMatchedOption("--expected-only"));
        return new DescribedStates(states.cast(), states.policies(), later);
    }

    /// The state before the first policy, on two nodes.
    static ClusterState cast(DescribedStates states) {
        try {
            return ClusterState.ofNodes(NODES.stream().map(n -> new Node(n, Map.of())).toList()).after(states.cast());
        } catch (IllegalArgumentException e) {
            throw new InputException(String.valueOf(e.getMessage()));
        }
    }

    private static ClusterState after(ClusterState state, List<Change> changes, Path then) {
        try {
            return state.after(changes);
        } catch (IllegalArgumentException e) {
            throw new InputException("--then %s: %s".formatted(then, e.getMessage()));
        }
    }

    private static void requireSomebody(DescribedStates states) {
        var pods = states.cast().stream().filter(Change.StartPod.class::isInstance).map(c -> ((Change.StartPod) c).pod()).toList();
        if (pods.isEmpty())
            throw new InputException("the manifests have no pods and no workloads, so there is nobody to ask; add them with -f");
        boolean others = states.cast().stream().anyMatch(c -> c instanceof Change.ApplyService || c instanceof Change.AddHost);
        if (!others && pods.stream().allMatch(p -> p.ports().isEmpty()))
            throw new InputException(
                "no pod declares a port, so there is nothing to ask; name ports that all of them serve, as in --port TCP/80");
    }

    /// The addresses of a pod as its cluster gave them, or a made-up one.
    List<InetAddress> addresses(NamespacedName pod, int number) {
        return given.getOrDefault(pod, List.of("10.42.%d.%d".formatted(number / 250, number % 250 + 1))).stream()
            .map(InetAddress::ofLiteral)
            .toList();
    }

    private void warn(ClusterState state, boolean expectedOnly) {
        var oracle = new Oracle(state, Addresses.NONE);
        for (var policy : state.policies().keySet())
            if (oracle.selectsNothing(policy)) err.println("warning: policy %s selects no pod".formatted(policy));
        boolean sctp = state.pods().values().stream().flatMap(p -> p.ports().stream()).anyMatch(c -> c.port().protocol() == Protocol.SCTP);
        if (sctp && !expectedOnly) err.println("note: SCTP is not probed; --expected-only shows what the policies demand of it");
    }

    private static ExternalHost outside(String text) {
        try {
            return Outside.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InputException("--host: " + e.getMessage());
        }
    }
}
