package dev.lockdown.cluster.k3s;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All that bringing up k3s asks of Docker. Every method may throw [EngineException]; [#close] may be called by another thread amid
/// any of them, which ends it.
interface Engine extends AutoCloseable {

    /// @throws dev.lockdown.cluster.EnvironmentException if there is no engine to talk to
    Host host();

    boolean has(String image);

    void load(Path archive);

    /// @param progress hears a line now and then
    void pull(String image, Consumer<String> progress);

    /// Make a network unless one of that name is there.
    void network(String name, boolean ipv6, Map<String, String> labels);

    /// The containers of a network, by their ids, each with whether it runs; one that is being created or restarted counts as running.
    Map<String, Boolean> containers(String network);

    /// Remove containers by their ids; one that has gone is none to miss.
    void remove(Collection<String> ids);

    /// The id of a container that was started.
    String id(String container);

    /// Create and start a container, a server until its API is up.
    ///
    /// @param said hears every line of its log
    /// @return a server's kubeconfig as it is used from here; null for an agent
    @Nullable String start(ContainerPlan plan, String network, Duration deadline, Consumer<String> said);

    /// Stop a container and start it again; return when it runs.
    void restart(String container);

    /// The containers that were started and run no more, each with how it ended.
    Map<String, String> ended();

    /// The last lines that a container wrote, also after it has gone.
    List<String> lastLines(String container);

    /// Remove every container and network of this run; repeatable, and best effort: what is left is told as a note.
    @Override
    void close();
}
