package dev.lockdown.rules;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Pod;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// By which interface of its node a pod is reached: as the node's routes say, else as Calico names it.
final class Interfaces {
    private static final int LENGTH = 11;

    private final Map<String, String> byAddress = new HashMap<>();
    private final Map<String, String> clusterNames;
    private final Map<NamespacedName, String> pods;
    private final Set<String> spokenOf;

    /// @param routes what `ip route` writes
    /// @param clusterNames of namespaces, by the state's, where they differ
    /// @param pods their names in the cluster, by the state's, where they differ
    /// @param spokenOf the interfaces that rules name
    Interfaces(String routes, Map<String, String> clusterNames, Map<NamespacedName, String> pods, Set<String> spokenOf) {
        this.clusterNames = Map.copyOf(clusterNames);
        this.pods = Map.copyOf(pods);
        this.spokenOf = Set.copyOf(spokenOf);
        routes.lines().map(Words::of).forEach(this::route);
    }

    /// `10.42.1.7 dev cali0123456789a scope link`
    private void route(List<String> words) {
        int dev = words.indexOf("dev");
        if (dev > 0 && dev + 1 < words.size()) byAddress.put(words.getFirst(), words.get(dev + 1));
    }

    /// Give a pod's interface, or nothing.
    String of(InetAddress address, @Nullable Pod pod) {
        var routed = byAddress.get(address.getHostAddress());
        if (routed != null) return routed;
        if (pod == null) return "";
        var hashed = calico(clusterNames.getOrDefault(pod.name().namespace(), pod.name().namespace()),
            pods.getOrDefault(pod.name(), pod.name().name()));
        return spokenOf.contains(hashed) ? hashed : "";
    }

    /// Felix' own rule (libcalico-go, `VethNameForWorkload`): the first of the SHA-1 of namespace and name.
    private static String calico(String namespace, String name) {
        try {
            var hash = MessageDigest.getInstance("SHA-1").digest("%s.%s".formatted(namespace, name).getBytes(StandardCharsets.UTF_8));
            return "cali" + HexFormat.of().formatHex(hash).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
