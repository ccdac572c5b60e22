package dev.lockdown.manifest;

import dev.lockdown.manifest.yaml.Value;
import dev.lockdown.state.NearestWord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The kinds that are read, with the one version of their API that they are read in.
public enum Kind {
    NAMESPACE("Namespace", "v1"), //
    POD("Pod", "v1"), //
    SERVICE("Service", "v1"), //
    NETWORK_POLICY("NetworkPolicy", "networking.k8s.io/v1"), //
    DEPLOYMENT("Deployment", "apps/v1"), //
    STATEFUL_SET("StatefulSet", "apps/v1"), //
    DAEMON_SET("DaemonSet", "apps/v1"), //
    REPLICA_SET("ReplicaSet", "apps/v1"), //
    REPLICATION_CONTROLLER("ReplicationController", "v1"), //
    JOB("Job", "batch/v1"), //
    CRON_JOB("CronJob", "batch/v1"), //
    ENDPOINT_SLICE("EndpointSlice", "discovery.k8s.io/v1"), //
    ENDPOINTS("Endpoints", "v1"), //
    LIST("List", "v1");

    static final List<String> WORDS = Arrays.stream(values()).map(k -> k.word).toList();

    private final String word;
    private final String apiVersion;

    Kind(String word, String apiVersion) {
        this.word = word;
        this.apiVersion = apiVersion;
    }

    /// Find the kind of an object, or nothing if it is another API's and can be passed over.
    ///
    /// A slip in the kind or the version is refused.
    static Optional<Kind> of(Value kind, Value apiVersion) {
        var version = apiVersion.text();
        var known = named(kind.text());
        if (known == null) {
            if (!kind.text().matches("[A-Za-z][A-Za-z0-9]{0,62}")) throw ObjectProblems.unknownKind(kind, WORDS);
            for (var near : values())
                if (near.owns(version) && NearestWord.isNear(kind.text(), near.word)) throw ObjectProblems.unknownKind(kind, WORDS);
            return Optional.empty();
        }
        if (known.apiVersion.equals(version)) return Optional.of(known);
        if (known.owns(version)) throw ObjectProblems.unknownVersion(apiVersion, version, known);
        return Optional.empty();
    }

    private static @Nullable Kind named(String word) {
        return Arrays.stream(values()).filter(k -> k.word.equals(word)).findFirst().orElse(null);
    }

    /// The kind of the items of a list such as `NetworkPolicyList`, whose items need not name it again.
    static @Nullable Kind ofItems(String list) {
        return list.endsWith("List") ? named(list.substring(0, list.length() - 4)) : null;
    }

    /// The version to write for a kind where none is given.
    static String usualVersion(String word) {
        var known = named(word);
        return known == null ? "v1" : known.apiVersion;
    }

    /// Whether the version belongs to the kind's API group, or to the group that it lived in before.
    private boolean owns(String version) {
        var group = group(version);
        return group.equals(group(apiVersion)) || group.equals("extensions") || !version.contains("/");
    }

    static String group(String version) {
        int slash = version.indexOf('/');
        return slash < 0 ? "" : version.substring(0, slash);
    }

    String word() {
        return word;
    }

    String apiVersion() {
        return apiVersion;
    }
}
