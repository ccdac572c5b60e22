package dev.lockdown.cluster.kubernetes.system;

import dev.lockdown.cluster.DisruptionGuard;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.kubernetes.healing.HealingRecords;
import dev.lockdown.cluster.kubernetes.healing.Repair;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Teaches a cluster's CoreDNS the names of external hosts, for as long as a run lasts, and takes them back. Its pods begin anew each time,
/// since a ConfigMap takes up to two minutes to come to those that run.
///
/// `hostAliases` of pods would not do in its place: they serve `/etc/hosts`, which a question of DNS never sees, and agents dial addresses.
///
/// Used by one thread at a time.
public final class HostNames implements AutoCloseable {
    private final KubernetesClient client;
    private final Function<List<Repair>, DisruptionGuard> keeping;
    private final HealingRecords records;
    private final TreeMap<String, List<InetAddress>> known = new TreeMap<>();
    private @Nullable Taught taught;

    /// @param former the ConfigMap as it was
    /// @param guard keeps in the cluster how that is had again
    private record Taught(GenericKubernetesResource former, String corefile, DisruptionGuard guard) {}

    /// @param keeping has the cluster keep how what is done is taken back, before it is done
    /// @param records carry that out
    public HostNames(KubernetesClient client, Function<List<Repair>, DisruptionGuard> keeping, HealingRecords records) {
        this.client = client;
        this.keeping = keeping;
        this.records = records;
    }

    /// Whether the cluster's DNS was taught a name.
    public boolean knows(String name) {
        return known.containsKey(name);
    }

    /// Have the cluster's DNS answer for these names, as well as for those of before. Returns when its pods answer again.
    ///
    /// @throws UnsupportedException if it is no CoreDNS that reads a ConfigMap, or the user may not change that, saying which
    public void teach(Map<String, List<InetAddress>> names) {
        if (known.entrySet().containsAll(names.entrySet())) return;
        try {
            var is = taught == null ? begin() : taught;
            taught = is;
            var all = new TreeMap<>(known);
            all.putAll(names);
            client.resource(is.former).patch(PatchContext.of(PatchType.JSON_MERGE),
                Serialization.asJson(Map.of("data", Map.of(Corefile.KEY, Corefile.with(is.corefile, all)))));
            new DnsPods(client).restart();
            known.putAll(names);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) throw e;
            throw new UnsupportedException("""
                the cluster's DNS cannot be taught the names of external hosts: this user may not read and change the ConfigMap %s/%s; \
                add to its ClusterRole: - {apiGroups: [""], resources: [configmaps], verbs: [get, patch]}"""
                .formatted(DnsPods.NAMESPACE, new DnsPods(client).configMap()));
        }
    }

    private Taught begin() {
        var dns = new DnsPods(client);
        dns.requireThere();
        var map = client.genericKubernetesResources("v1", "ConfigMap").inNamespace(DnsPods.NAMESPACE).withName(dns.configMap()).get();
        if (map == null || !(map.get("data", Corefile.KEY) instanceof String corefile))
            throw new UnsupportedException(
                "the cluster's DNS cannot be taught the names of external hosts: its pods mount no ConfigMap with a Corefile");
        var former = CniManifests.asWritten(map);
        return new Taught(former, corefile, keeping.apply(List.of(new Repair.Replace(former))));
    }

    @Override
    public void close() {
        var is = taught;
        if (is == null) return;
        taught = null;
        known.clear();
        records.carryOut(new Repair.Replace(is.former));
        new DnsPods(client).restart();
        is.guard.close();
    }
}
