package dev.lockdown.cluster.k3s;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.lockdown.cluster.Polling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/// Containers and networks of runs, found by their label: what a `kill -9` left, and clusters kept to be reused.
///
/// ```java
/// for (var leftover : Leftovers.find()) {
///     say("removing " + leftover);
///     Leftovers.remove(leftover);
/// }
/// ```
public final class Leftovers {
    private static final Polling POLLING = new Polling(Duration.ofMillis(200));
    private static final Duration DEADLINE = Duration.ofSeconds(8);

    private Leftovers() {}

    /// @param what a line for people
    public record Leftover(Kind kind, String id, String what) {
        public enum Kind { CONTAINER, NETWORK }
    }

    /// Whether Docker may be here to be asked. Cheap, and loads nothing of Testcontainers.
    public static boolean couldBe() {
        return DockerSocket.ofThisMachine().isLikely();
    }

    /// Find what no living run owns, containers first.
    ///
    /// @throws dev.lockdown.cluster.EnvironmentException if Docker does not answer
    public static List<Leftover> find() {
        new TestcontainersEngine("").host();
        var client = DockerClientFactory.instance().client();
        var found = new ArrayList<Leftover>();
        for (var container : client.listContainersCmd().withShowAll(true).withLabelFilter(List.of(K3sRequest.RUN)).exec()) {
            if (!isOwned(container.getLabels()))
                found.add(new Leftover(Leftover.Kind.CONTAINER, container.getId(),
                    "container %s of run %s (%s)".formatted(name(container.getNames()), container.getLabels().get(K3sRequest.RUN),
                        container.getStatus())));
        }
        for (var network : client.listNetworksCmd().withFilter("label", List.of(K3sRequest.RUN)).exec()) {
            if (!isOwned(network.getLabels()))
                found.add(new Leftover(Leftover.Kind.NETWORK, network.getId(),
                    "network " + network.getName()));
        }
        return found;
    }

    private static String name(String @Nullable [] names) {
        return names == null || names.length == 0 ? "without a name" : names[0].replaceFirst("^/", "");
    }

    private static boolean isOwned(@Nullable Map<String, String> labels) {
        var owner = labels == null ? null : labels.get(K3sRequest.OWNER);
        return owner != null && Owner.isAlive(owner);
    }

    public static void remove(Leftover leftover) {
        switch (leftover.kind()) {
            case CONTAINER -> removeContainer(leftover.id());
            case NETWORK -> removeNetwork(leftover.id());
        }
    }

    /// Remove a run's containers, those named and those labelled, and its network.
    static void remove(String run, List<String> ids, @Nullable String network) {
        var all = new TreeSet<>(ids);
        var labelled = DockerClientFactory.instance().client().listContainersCmd().withShowAll(true)
            .withLabelFilter(Map.of(K3sRequest.RUN, run)).exec();
        labelled.forEach(c -> all.add(c.getId()));
        remove(all);
        if (network != null) removeNetwork(network);
    }

    /// Remove containers by their ids.
    static void remove(Collection<String> ids) {
        ids.parallelStream().forEach(Leftovers::removeContainer);
    }

    /// With its volumes, in which k3s keeps images and pods.
    private static void removeContainer(String id) {
        // A conflict: somebody else removes it too, and has not finished.
        gone(() -> DockerClientFactory.instance().client().removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec());
    }

    private static void removeNetwork(String id) {
        // Docker forgets a container a little later than it says.
        gone(() -> DockerClientFactory.instance().client().removeNetworkCmd(id).exec());
    }

    /// Remove until it is not there.
    private static void gone(Supplier<?> removal) {
        POLLING.require(DEADLINE, () -> refusal(removal), Optional::isEmpty, last -> last.value().orElseThrow());
    }

    private static Optional<DockerException> refusal(Supplier<?> removal) {
        try {
            removal.get();
            return Optional.empty();
        } catch (NotFoundException _) {
            return Optional.empty();
        } catch (DockerException e) {
            return Optional.of(e);
        }
    }
}
