package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.Waits;
import dev.lockdown.cluster.kubernetes.lease.Ledger;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Creates the objects of a run, each noted in the run's ledger, and removes them all in the end. Thread-safe.
final class RunObjects implements AutoCloseable {
    private final KubernetesClient client;
    private final Settings settings;
    private final Ledger ledger;
    private final Sweeper sweeper;
    private final Map<String, OwnerReference> owners = new ConcurrentHashMap<>();
    private final Polling polling;
    private final Duration going;
    private volatile boolean ending;

    /// @param going until everything is gone in the end, and until an object is that stands in the way of one of its name
    RunObjects(KubernetesClient client, Settings settings, Ledger ledger, Duration going, Duration pause, Waits waits) {
        this.client = client;
        this.settings = settings;
        this.ledger = ledger;
        this.going = going;
        polling = new Polling(pause).telling(waits);
        sweeper = new Sweeper(client, going, pause, waits);
    }

    /// Create an object. If the answer to the first try was lost on the way, the second finds it there, with this run's label; if it is on its
    /// way out by then, since all that the first try made was taken back, it is waited for.
    ///
    /// @param look finds the object where it is there already
    HasMetadata create(HasMetadata wanted, Supplier<? extends @Nullable HasMetadata> look) {
        var made = made(wanted, look);
        ledger.made(made);
        return made;
    }

    /// Have the cluster delete an object of this name with its owner.
    void own(HasMetadata object, OwnerReference owner) {
        owners.put(key(object), owner);
    }

    /// Give what is made from now on no such owner any more.
    void disown(String owner) {
        owners.values().removeIf(o -> o.getName().equals(owner));
    }

    /// The object with the owner that it shall have.
    <T extends HasMetadata> T owned(T wanted) {
        var owner = owners.get(key(wanted));
        if (owner != null) wanted.getMetadata().setOwnerReferences(List.of(owner));
        return wanted;
    }

    private static String key(HasMetadata object) {
        return "%s %s/%s".formatted(object.getKind(), object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    private HasMetadata made(HasMetadata wanted, Supplier<? extends @Nullable HasMetadata> look) {
        if (ending) throw new ClusterException("interrupted", null);
        try {
            return client.resource(owned(wanted)).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) throw e;
            var there = look.get();
            if (there != null && !isOurs(there)) throw e;
            if (there != null && there.getMetadata().getDeletionTimestamp() == null) return there;
        }
        awaitGone(wanted, look);
        return client.resource(owned(wanted)).create();
    }

    private void awaitGone(HasMetadata object, Supplier<? extends @Nullable HasMetadata> look) {
        var namespace = object.getMetadata().getNamespace();
        var what =
            "%s %s%s of before".formatted(object.getKind(), namespace == null ? "" : namespace + "/", object.getMetadata().getName());
        var _ = polling.require(going, () -> Optional.<HasMetadata>ofNullable(look.get()), Optional::isEmpty,
            _ -> new ClusterException("%s is still there after %s s".formatted(what, going.toSeconds()), null), _ -> what + " to be gone");
    }

    /// Whether an object is of this run.
    boolean isOurs(HasMetadata object) {
        var labels = object.getMetadata().getLabels();
        return labels != null && settings.run().equals(labels.get(ApiObjects.RUN));
    }

    /// Create nothing from now on: for another thread, before everything is removed.
    void end() {
        ending = true;
    }

    /// Remove everything that this run made, and wait until it is gone.
    @Override
    public void close() {
        end();
        if (settings.keep()) return;
        if (!settings.disposable()) sweeper.remove(settings.run());
        ledger.settled();
    }
}
