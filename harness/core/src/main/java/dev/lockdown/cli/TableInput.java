package dev.lockdown.cli;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.manifest.Manifest;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.state.Alias;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.table.Later;
import dev.lockdown.table.Described;
import dev.lockdown.table.DescribedStates;
import dev.lockdown.table.Survey;
import dev.lockdown.state.InputException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ParseResult;

/// Reads what `table` is typed with, and remarks on what is hardly meant.
final class TableInput {
    static final List<String> NODES = List.of("node-1", "node-2");

    private final PrintWriter err;
    private final Map<String, String> environment;

    TableInput(PrintWriter err, Map<String, String> environment) {
        this.err = err;
        this.environment = environment;
    }

    /// @throws InputException if there is nothing to ask, or the manifests do not fit each other
    Described read(ParseResult typed, List<Port> ports) {
        var first = FirstState.read(typed, environment);
        var manifests = new ArrayList<Manifest>();
        manifests.add(first.manifest());
        var hosts = typed.matchedOptionValue("--host", List.<String>of()).stream().map(TableInput::outside).toList();
        var states = DescribedStates.of(manifests.getFirst(), ports, List.of()).beside(hosts);
        requireSomebody(states);
        var reached = new ArrayList<ClusterState>();
        reached.add(cast(states).after(states.policies()));
        var later = new ArrayList<List<Change>>();
        for (var path : typed.matchedOptionValue("--then", List.<Path>of())) {
            var then = Manifests.read(path, first.namespace()).requireRead(typed.hasMatchedOption("--accept-unseen")).onNodes(NODES);
            manifests.add(then);
            var changes = Later.changes(then, reached.getLast());
            later.add(changes);
            reached.add(after(reached.getLast(), changes, path));
        }
        var described = Described.of(new DescribedStates(states.cast(), states.policies(), later), manifests, reached, first.scope());
        ManifestOptions.tell(described.notes(), err);
        tellOfAliases(reached.getLast());
        return described;
    }

    /// Whether nothing is probed.
    static boolean isExpectedOnly(ParseResult typed) {
        return typed.hasMatchedOption("--expected-only") || FirstState.isLive(typed);
    }

    /// Read one of two inputs that are compared; only the notes of the later one are told.
    Described compared(String option, ParseResult typed, List<Port> ports) {
        var manifest =
            Manifests.read(typed.matchedOptionValue(option, List.<Path>of()), ManifestOptions.namespace(typed))
                .requireRead(typed.hasMatchedOption("--accept-unseen")).onNodes(NODES);
        var states = DescribedStates.of(manifest, ports, List.of())
            .beside(typed.matchedOptionValue("--host", List.<String>of()).stream().map(TableInput::outside).toList());
        requireSomebody(states);
        var described = Described.of(states, List.of(manifest), List.of(cast(states).after(states.policies())));
        if (option.equals("--head")) ManifestOptions.tell(described.notes(), err);
        return described;
    }

    /// The state before the first policy, on two nodes.
    static ClusterState cast(DescribedStates states) {
        try {
            return states.first();
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

    /// Where pods serve SCTP and nothing was asked about it.
    void tellOfSctp(DescribedStates states, List<Survey> surveys) {
        boolean served = states.first().pods().values().stream().flatMap(p -> p.ports().stream())
            .anyMatch(c -> c.port().protocol() == Protocol.SCTP);
        boolean asked = surveys.stream().flatMap(s -> s.lines().stream()).anyMatch(l -> l.flow().port().protocol() == Protocol.SCTP);
        if (served && !asked)
            err.println(
                "note: SCTP is not probed: a kernel on which pods run has none (`modprobe sctp` loads it where the distribution has "
                    + "the module); --expected-only shows what the policies demand of it");
    }

    /// Where nobody says what an alias leads to, there is nothing to ask.
    private void tellOfAliases(ClusterState state) {
        for (var service : state.services().values())
            if (service.isAlias() && Alias.target(service) instanceof Endpoint.Host(var host) && !state.hosts().containsKey(host))
                err.println("note: Service %s is an alias of %s, outside; it is asked where --host %s=ADDRESS,TCP/443 says what that is"
                    .formatted(service.name(), host, host));
    }

    static ExternalHost outside(String text) {
        try {
            return Outside.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InputException("--host: " + e.getMessage());
        }
    }
}
