package dev.lockdown.cluster.embedded.defect;

import dev.lockdown.cluster.embedded.netpol.View;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// The defects of a data plane that misses what changes.
final class Forgetting {
    private final Set<Defect> present;
    private @Nullable View believed;

    Forgetting(Set<Defect> present) {
        this.present = present;
    }

    View after(View truth) {
        var before = believed == null ? truth : believed;
        var view = truth;
        if (present.contains(Defect.POLICY_DELETION_UNNOTICED))
            view = view.withPolicies(merged(view.policies(), before.policies(), (now, _) -> now));
        if (present.contains(Defect.POLICY_UPDATE_UNNOTICED))
            view = view.withPolicies(stuck(view.policies(), before.policies(), (_, old) -> old));
        if (present.contains(Defect.POD_RELABELLING_UNNOTICED))
            view = view.withPods(stuck(view.pods(), before.pods(), (now, old) -> now.withLabels(old.labels())));
        if (present.contains(Defect.NAMESPACE_RELABELLING_UNNOTICED))
            view =
                view.withNamespaces(stuck(view.namespaces(), before.namespaces(), (now, old) -> new Namespace(now.name(), old.labels())));
        if (present.contains(Defect.REUSED_ADDRESS_KEEPS_RIGHTS)) view = withGhosts(view, before);
        believed = view;
        return view;
    }

    private static View withGhosts(View view, View before) {
        Map<NamespacedName, Pod> pods = merged(view.pods(), before.pods(), (now, _) -> now);
        var addresses = new HashMap<>(view.addresses().byEndpoint());
        pods.keySet().stream().filter(pod -> !view.pods().containsKey(pod)).map(Endpoint.Pod::new)
            .forEach(ghost -> addresses.put(ghost, before.addresses().of(ghost)));
        return view.withPods(pods).withAddresses(new Addresses(addresses));
    }

    /// What is there now, and what was there before and is gone.
    private static <K extends Comparable<K>, V> Map<K, V> merged(Map<K, V> now, Map<K, V> before, BinaryOperator<V> both) {
        var all = new TreeMap<>(now);
        before.forEach((key, old) -> all.merge(key, old, both));
        return all;
    }

    /// What is there now, some of it as it was before.
    private static <K extends Comparable<K>, V> Map<K, V> stuck(Map<K, V> now, Map<K, V> before, BinaryOperator<V> both) {
        var all = merged(now, before, both);
        all.keySet().retainAll(now.keySet());
        return all;
    }
}
