package dev.lockdown.cluster.k3s;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.WaitListener;
import dev.lockdown.state.NetworkPlugin;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One cluster of k3s for a whole run, by Testcontainers.
///
/// ```java
/// try (var backend = new K3sBackend(request, joining, progress, clock)) {
///     cleanup.add(backend);
///     backend.bringUp();
///     …
/// }
/// ```
/// Closing it removes the containers, in whatever phase they are; another thread may do so.
public final class K3sBackend implements Backend {
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final K3sRequest request;
    private final Joining joining;
    private final Progress progress;
    private final Engine engine;
    private final BringUp bringUp;
    private final CountDownLatch gone = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Backend joined;
    private volatile boolean coming;
    private volatile boolean up;
    private volatile WaitListener listener = WaitListener.NONE;

    public K3sBackend(K3sRequest request, Joining joining, Progress progress, InstantSource clock) {
        this(request, joining, progress, new TestcontainersEngine(request.run()),
            engine -> new BringUp(request, engine, Fabric8View::of, Artifacts::overHttp, new Polling(PAUSE), Phase::deadline,
                progress, clock));
    }

    K3sBackend(K3sRequest request, Joining joining, Progress progress, Engine engine,
            Function<Engine, BringUp> bringUp) {
        this.request = request;
        this.joining = joining;
        this.progress = progress;
        this.engine = engine;
        this.bringUp = bringUp.apply(engine);
    }

    /// Bring the cluster up, unless it is.
    ///
    /// @throws dev.lockdown.cluster.EnvironmentException if it does not come up
    public void bringUp() {
        joined();
    }

    @Override
    public Cluster start(Needs needs) {
        return joined().start(needs);
    }

    private synchronized Backend joined() {
        var known = joined;
        if (known != null) return known;
        if (closed.get()) throw K3sProblems.stopped();
        coming = true;
        var kubeconfig = broughtUp();
        up = true;
        var made = joining.join(kubeconfig, description(), new NodeContainers(engine));
        made.hear(listener);
        joined = made;
        return made;
    }

    private String broughtUp() {
        try {
            return bringUp.run();
        } finally {
            coming = false;
        }
    }

    @Override
    public void hear(WaitListener other) {
        listener = other;
        var backend = joined;
        if (backend != null) backend.hear(other);
    }

    /// One phrase for people: `k3s v1.36.1-k3s1 · calico 3.32.1 · 2 nodes`.
    @Override
    public String description() {
        return "k3s %s · %s · %s %s".formatted(request.version().tag(), request.cni(), request.nodes(),
            request.nodes() == 1 ? "node" : "nodes");
    }

    /// None before it is up.
    @Override
    public List<NetworkPlugin> networkPlugins() {
        var backend = joined;
        return backend == null ? List.of() : backend.networkPlugins();
    }

    @Override
    public boolean isolatesScenarios() {
        return false;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            awaitGone();
            return;
        }
        try {
            bringUp.stop();
            inTurn(this::leave, () -> {
                var backend = joined;
                if (backend != null) backend.close();
            });
        } finally {
            gone.countDown();
        }
    }

    /// Another thread is closing: an interrupted process must not end before it is done.
    private void awaitGone() {
        try {
            if (!gone.await(60, TimeUnit.SECONDS)) progress.note("note: the containers of k3s are not gone after 60 s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void leave() {
        if (up && (request.reuse() || request.keep())) {
            progress
                .note("note: the containers of k3s stay (docker ps --filter label=%s); remove them:  ./lockdown doctor --sweep".formatted(
                    K3sRequest.RUN));
            return;
        }
        boolean amid = coming;
        engine.close();
        // An interrupted process ends before its command can say so.
        if (amid) progress.note("interrupted while k3s came up; its containers are removed");
    }

    /// Whatever the first does, the containers go.
    private static void inTurn(Runnable last, Runnable first) {
        try {
            first.run();
        } finally {
            last.run();
        }
    }
}
