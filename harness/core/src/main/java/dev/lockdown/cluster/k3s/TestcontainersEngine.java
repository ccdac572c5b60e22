package dev.lockdown.cluster.k3s;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network.Ipam;
import com.github.dockerjava.api.model.PullResponseItem;
import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.Polling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/// Docker by Testcontainers.
///
/// Its helpers are images that would have to be pulled: Ryuk, and a small one to look around with. They are switched off by
/// variables that only the environment can carry, so the launcher sets them; what Ryuk would do, [#close] and [Leftovers] do.
final class TestcontainersEngine implements Engine {
    private static final List<String> SETTINGS =
        List.of("TESTCONTAINERS_RYUK_DISABLED", "TESTCONTAINERS_CHECKS_DISABLE", "TESTCONTAINERS_REUSE_ENABLE");
    private static final Duration PULL = Duration.ofMinutes(10);
    private static final int STOPPING = 10; // seconds, until it is killed
    private static final Set<String> ENDED = Set.of("exited", "dead");
    private static final Duration RESTARTING = Duration.ofSeconds(3);
    private static final Duration CREATION = Duration.ofSeconds(3);

    private final String run;
    private final Map<String, GenericContainer<?>> containers = new ConcurrentHashMap<>();
    private final Map<String, LastLines> logs = new ConcurrentHashMap<>();
    private volatile @Nullable String network;
    private volatile boolean closed;

    TestcontainersEngine(String run) {
        this.run = run;
    }

    @Override
    public Host host() {
        DockerSocket.ofThisMachine().require();
        if (!SETTINGS.stream().allMatch(s -> "true".equals(System.getenv(s)))) throw new EnvironmentException("""
            k3s is to be started by the launcher, ./lockdown, which keeps Testcontainers from pulling images of its own
              or set %s yourself""".formatted(String.join("=true, ", SETTINGS) + "=true"), null);
        try {
            var info = DockerClientFactory.instance().client().infoCmd().exec();
            var options = info.getSecurityOptions();
            return new Host("Docker " + info.getServerVersion(), DockerClientFactory.instance().dockerHostIpAddress(),
                architecture(String.valueOf(info.getArchitecture())),
                switch (String.valueOf(info.getCGroupVersion())) {
                    case "1" -> 1;
                    case "2" -> 2;
                    default -> 0;
                }, options != null && options.stream().anyMatch(o -> o.contains("rootless")));
        } catch (RuntimeException e) {
            throw new EnvironmentException("""
                Docker does not answer: %s
                  look at it:  docker info
                  the embedded cluster needs no Docker:  ./lockdown run""".formatted(DockerErrorText.of(e)), e);
        }
    }

    private static String architecture(String machine) {
        return switch (machine) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> machine;
        };
    }

    @Override
    public boolean has(String image) {
        return asked(() -> {
            try {
                DockerClientFactory.instance().client().inspectImageCmd(image).exec();
                return true;
            } catch (NotFoundException _) {
                return false;
            }
        });
    }

    @Override
    public void load(Path archive) {
        asked(() -> {
            try (var in = Files.newInputStream(archive)) {
                return DockerClientFactory.instance().client().loadImageCmd(in).exec();
            } catch (IOException e) {
                throw new EngineException("%s cannot be read: %s".formatted(archive, e), e);
            }
        });
    }

    @Override
    public void pull(String image, Consumer<String> progress) {
        asked(() -> {
            try (var pulling =
                DockerClientFactory.instance().client().pullImageCmd(image).exec(new ResultCallback.Adapter<PullResponseItem>() {
                    @Override
                    public void onNext(PullResponseItem item) {
                        if (item.getStatus() != null) progress.accept(item.getStatus());
                    }
                })) {
                if (!pulling.awaitCompletion(PULL.toSeconds(), TimeUnit.SECONDS))
                    throw new EngineException("not within %s minutes".formatted(PULL.toMinutes()), null);
                return image;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EngineException("interrupted", e);
            } catch (IOException e) {
                throw new EngineException(DockerErrorText.of(e), e);
            }
        });
    }

    @Override
    public void network(String name, boolean ipv6, Map<String, String> labels) {
        asked(() -> {
            var client = DockerClientFactory.instance().client();
            if (client.listNetworksCmd().withNameFilter("^" + name + "$").exec().isEmpty()) {
                var create = client.createNetworkCmd().withName(name).withDriver("bridge").withLabels(labels).withCheckDuplicate(true);
                // Engines before 27 choose no IPv6 addresses by themselves.
                if (ipv6) create.withEnableIpv6(true).withIpam(new Ipam().withConfig(new Ipam.Config().withSubnet(subnet(name))));
                create.exec();
            }
            network = name;
            return name;
        });
    }

    private static String subnet(String name) {
        return String.format(Locale.ROOT, "fd%02x:%04x:%04x::/64", name.hashCode() >>> 24, name.hashCode() >>> 8 & 0xffff,
            name.hashCode() & 0xffff);
    }

    @Override
    public Map<String, Boolean> containers(String name) {
        // A node that a living run restarts has ended for a moment.
        return new Polling(Duration.ofMillis(200)).until(RESTARTING, () -> asked(() -> listed(name)), l -> !l.containsValue(false)).value();
    }

    private static Map<String, Boolean> listed(String network) {
        var found = new LinkedHashMap<String, Boolean>();
        for (var container : DockerClientFactory.instance().client().listContainersCmd().withShowAll(true)
            .withNetworkFilter(List.of(network)).exec())
            found.put(container.getId(), !ENDED.contains(String.valueOf(container.getState())));
        return found;
    }

    @Override
    public void remove(Collection<String> ids) {
        asked(() -> {
            Leftovers.remove(ids);
            return ids;
        });
    }

    @Override
    public String id(String name) {
        var container = containers.get(name);
        var id = container == null ? null : container.getContainerId();
        if (id == null) throw new EngineException("there is no container %s".formatted(name), null);
        return id;
    }

    @Override
    public @Nullable String start(ContainerPlan plan, String on, Duration deadline, Consumer<String> said) {
        return asked(() -> {
            var lines = logs.computeIfAbsent(plan.name(), _ -> new LastLines());
            var container = Nodes.container(plan, on, deadline, line -> {
                lines.add(line);
                said.accept(line);
            }, () -> {
                if (closed) throw new EngineException("interrupted", null);
            });
            containers.put(plan.name(), container);
            container.start();
            return Nodes.kubeconfig(container);
        });
    }

    @Override
    public void restart(String name) {
        asked(() -> {
            // It ends and starts by the engine, whatever becomes of this process.
            return DockerClientFactory.instance().client().restartContainerCmd(id(name)).withTimeout(STOPPING).exec();
        });
    }

    @Override
    public Map<String, String> ended() {
        var ended = new LinkedHashMap<String, String>();
        containers.forEach((name, container) -> asked(() -> {
            var how = how(container.getContainerId());
            if (!how.isEmpty()) ended.put(name, how);
            return how;
        }));
        return ended;
    }

    private static String how(@Nullable String id) {
        if (id == null) return "before it began";
        try {
            var state = DockerClientFactory.instance().client().inspectContainerCmd(id).exec().getState();
            if (Boolean.TRUE.equals(state.getRunning())) return "";
            return Boolean.TRUE.equals(state.getOOMKilled()) ? "for lack of memory" : "with status " + state.getExitCodeLong();
        } catch (NotFoundException _) {
            return "by being removed, not by us";
        }
    }

    @Override
    public List<String> lastLines(String container) {
        var lines = logs.get(container);
        return lines == null ? List.of() : lines.lines();
    }

    @Override
    public void close() {
        closed = true;
        if (containers.isEmpty() && network == null) return;
        // One that is being created now has no name yet by which to remove it. If it never has: its creation failed, or the label tells.
        var _ = new Polling(Duration.ofMillis(50)).until(CREATION,
            () -> containers.values().stream().allMatch(c -> c.getContainerId() != null), Boolean::booleanValue);
        var ids = containers.values().stream().map(GenericContainer::getContainerId).filter(Objects::nonNull).toList();
        asked(() -> {
            Leftovers.remove(run, ids, network);
            return run;
        });
        containers.clear();
        network = null;
    }

    private static <T extends @Nullable Object> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (EngineException | EnvironmentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new EngineException(DockerErrorText.of(e), e);
        }
    }

    /// The last lines of a log. Thread-safe.
    private static final class LastLines {
        private static final int MOST = 200;

        private final Deque<String> lines = new ArrayDeque<>(); // guarded by this

        synchronized void add(String line) {
            lines.add(line);
            if (lines.size() > MOST) lines.remove();
        }

        synchronized List<String> lines() {
            return List.copyOf(lines);
        }
    }
}
