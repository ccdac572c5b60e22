package dev.lockdown.cluster.k3s;

import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.k3s.Artifacts.Fetcher;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Brings up one cluster, phase by phase. Whatever fails ends in an [EnvironmentException] that says which phase, what it waited for
/// and what the container said last.
final class BringUp {
    /// k3s goes on without its policy controller where ipset cannot be used, such as after a node's restart.
    private static final String UNENFORCED = "Skipping network policy controller start";

    private final K3sRequest request;
    private final Engine engine;
    private final Function<String, ClusterView> views;
    private final Fetcher fetcher;
    private final Polling polling;
    private final Function<Phase, Duration> deadlines;
    private final Progress progress;
    private final InstantSource clock;
    private volatile boolean stopped;
    private Instant began = Instant.EPOCH;

    /// @param views looks at the cluster of a kubeconfig
    /// @param deadlines how long each phase may take
    BringUp(K3sRequest request, Engine engine, Function<String, ClusterView> views, Fetcher fetcher, Polling polling,
            Function<Phase, Duration> deadlines, Progress progress,
            InstantSource clock) {
        this.request = request;
        this.engine = engine;
        this.views = views;
        this.fetcher = fetcher;
        this.polling = polling;
        this.deadlines = deadlines;
        this.progress = progress;
        this.clock = clock;
    }

    /// End as soon as possible, by an exception; for another thread.
    void stop() {
        stopped = true;
    }

    /// @return its kubeconfig
    /// @throws EnvironmentException if it does not come up
    String run() {
        try {
            var host = engine.host();
            DockerCheck.requireUsable(host, progress::note);
            var definition = timed(Phase.IMAGE, () -> materials(host));
            began = clock.instant();
            var kubeconfig = server(definition);
            try (var view = views.apply(kubeconfig)) {
                await(Phase.API, "node-1", view::api);
                done(Phase.API);
                var nodes = definition.containers().stream().map(ContainerPlan::name).toList();
                timed(Phase.NODES, () -> nodes(definition, view, nodes));
                timed(Phase.CNI, () -> cni(definition, view, nodes));
                timed(Phase.DNS, () -> await(Phase.DNS, "node-1", view::dns));
            }
            return kubeconfig;
        } catch (EngineException e) {
            throw K3sProblems.engine(request.cni(), e);
        }
    }

    private <T> T timed(Phase phase, Supplier<T> work) {
        began = clock.instant();
        var result = work.get();
        done(phase);
        return result;
    }

    private void done(Phase phase) {
        progress.done(phase.toString(), Duration.between(began, clock.instant()));
    }

    private K3sDefinition materials(Host host) {
        var folder = request.images();
        var images = folder == null ? null : ImageFolder.read(folder);
        var image = request.version().image();
        if (!engine.has(image)) {
            var archive = images == null ? null : images.archiveOf(image);
            try {
                say(Phase.IMAGE, archive == null ? "pulling " + image : "loading " + archive);
                if (archive == null) engine.pull(image, line -> say(Phase.IMAGE, "pulling %s: %s".formatted(image, line)));
                else engine.load(archive);
            } catch (EngineException e) {
                throw K3sProblems.noImage(image, request, e);
            }
        }
        say(Phase.IMAGE, "the files of " + request.cni());
        var artifacts = new Artifacts(request.charts(), request.downloads(), fetcher, progress::note);
        return K3sDefinition.of(request, host, NodeFiles.gather(request, artifacts, images));
    }

    private String server(K3sDefinition definition) {
        engine.network(definition.network(), definition.ipv6(), definition.labels());
        var there = request.reuse() ? toTakeOver(definition.network()) : Set.<String>of();
        var kubeconfig = Objects.requireNonNull(start(definition, definition.server(), Phase.API));
        // Agents stay with the server that they joined.
        if (!there.isEmpty() && !there.contains(engine.id(definition.server().name()))) {
            progress.note("note: the containers of k3s that are there were started with other settings or files; they are made anew");
            engine.remove(there);
        }
        return kubeconfig;
    }

    /// The containers that an earlier run left, all of which run: a node that has ended cannot be replaced, since k3s knows a node by a
    /// password that its container keeps, and its server by a certificate.
    private Set<String> toTakeOver(String network) {
        var there = engine.containers(network);
        if (!there.containsValue(false)) return there.keySet();
        long ended = there.values().stream().filter(runs -> !runs).count();
        progress.note("note: %s of %s containers of k3s that are there %s ended; all are made anew".formatted(ended, there.size(),
            ended == 1 ? "has" : "have"));
        engine.remove(there.keySet());
        return Set.of();
    }

    private @Nullable String start(K3sDefinition definition, ContainerPlan plan, Phase phase) {
        if (stopped) throw K3sProblems.stopped();
        say(phase, plan.name() + " starts");
        var starting = new AtomicBoolean(true);
        try {
            return engine.start(plan, definition.network(), deadlines.apply(phase), line -> {
                if (starting.get()) say(phase, line);
                if (line.contains(UNENFORCED))
                    progress.note("warning: %s enforces no NetworkPolicy; k3s says: %s".formatted(plan.name(),
                        line.substring(line.indexOf(UNENFORCED)).replaceFirst("\"$", "")));
            });
        } catch (EngineException e) {
            if (stopped) throw K3sProblems.stopped();
            throw K3sProblems.notStarted(request, phase, plan.name(), e, engine.lastLines(plan.name()));
        } finally {
            starting.set(false);
        }
    }

    private Look nodes(K3sDefinition definition, ClusterView view, List<String> names) {
        for (var agent : definition.agents()) start(definition, agent, Phase.NODES);
        return await(Phase.NODES, names.getLast(), () -> view.joined(names));
    }

    private Look cni(K3sDefinition definition, ClusterView view, List<String> names) {
        return await(Phase.CNI, names.getLast(), () -> {
            for (var workload : definition.ready()) {
                var look = view.rolledOut(workload, names);
                if (!look.good()) return look;
            }
            return view.ready(names);
        });
    }

    /// @param talker whose log explains a failure, as long as no container has ended
    private Look await(Phase phase, String talker, Supplier<Look> look) {
        var last = polling.until(deadlines.apply(phase), () -> {
            if (stopped) throw K3sProblems.stopped();
            var ended = engine.ended();
            for (var end : ended.entrySet())
                throw K3sProblems.ended(request, phase, end.getKey(), end.getValue(), engine.lastLines(end.getKey()));
            var seen = look.get();
            if (!seen.good()) say(phase, seen.what());
            return seen;
        }, Look::good).value();
        if (!last.good()) throw K3sProblems.tooLong(request, phase, deadlines.apply(phase), last.what(), lines(talker));
        return last;
    }

    private List<String> lines(String talker) {
        return new ArrayList<>(engine.lastLines(talker));
    }

    private void say(Phase phase, String what) {
        progress.waiting(phase.toString(), what, Duration.between(began, clock.instant()));
    }
}
