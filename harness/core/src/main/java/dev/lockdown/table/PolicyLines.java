package dev.lockdown.table;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.PolicyPlaces;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.Resource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where policies are written, down to their rules.
public final class PolicyLines {
    private final Map<NamespacedName, Resource> written = new HashMap<>();
    private final Map<NamespacedName, PolicyPlaces> places = new HashMap<>();

    /// @param resources those that come later replace those before
    public PolicyLines(Collection<? extends Resource> resources) {
        for (var resource : resources) if (resource instanceof Resource.OfPolicy policy) written.put(policy.policy().name(), policy);
    }

    /// @param part such as `ingress[0].from[1]`
    public @Nullable Position of(NamespacedName policy, String part) {
        var resource = written.get(policy);
        return resource == null ? null : places.computeIfAbsent(policy, _ -> PolicyPlaces.of(resource)).of(part);
    }
}
