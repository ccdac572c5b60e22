package dev.lockdown.nightly;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What tells the clusters of a matrix apart: each may be an axis. In the order in which cells are named by them.
public enum Setting {
    CLUSTER("embedded, k3s or kubeconfig"), CNI("the network plugin of k3s: a file of fixtures/cnis"), VERSION(
        "the network plugin's version"), K3S("the version of k3s"), FAMILIES("k3s: IPv4 or IPv4+IPv6"), NODES("how many"), KUBECONFIG(
            "a file"), CONTEXT("of the kubeconfig"), DENY("embedded: drop or reject"), ESTABLISHED(
                "embedded: what becomes of connections that a policy denies"), DEFECT("embedded: a seeded one, for tests");

    private final String meaning;

    Setting(String meaning) {
        this.meaning = meaning;
    }

    /// As a matrix writes it: `cni`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String meaning() {
        return meaning;
    }

    static Optional<Setting> of(String key) {
        return Arrays.stream(values()).filter(s -> s.key().equals(key)).findFirst();
    }

    /// The options that it stands for.
    List<String> words(String value, MatrixCell cell) {
        return switch (this) {
            case CLUSTER -> List.of("--cluster", cluster(value, cell));
            // Said with the cluster.
            case CNI, VERSION, CONTEXT -> List.of();
            case K3S -> List.of("--k3s-version", value);
            case FAMILIES -> value.equals("IPv4+IPv6") ? List.of("--dual-stack") : List.of();
            case NODES -> List.of("--nodes", value);
            case KUBECONFIG -> List.of("--kubeconfig", value);
            case DENY -> value.equals("reject") ? List.of("--rejecting") : List.of();
            case ESTABLISHED -> List.of("--established", value);
            case DEFECT -> List.of("--defect", value);
        };
    }

    private static String cluster(String value, MatrixCell cell) {
        var cni = cell.setting(CNI);
        var version = cell.setting(VERSION);
        var context = cell.setting(CONTEXT);
        return switch (value) {
            case "k3s" -> "k3s" + (cni == null ? "" : ":" + cni + (version == null ? "" : "@" + version));
            case "kubeconfig" -> "kubeconfig" + (context == null ? "" : ":" + context);
            default -> value;
        };
    }

    /// Which clusters have it.
    boolean belongsTo(String cluster) {
        return switch (this) {
            case CLUSTER -> true;
            // Of a cluster that is there already they are labels, which first bad versions are found by.
            case CNI, VERSION -> !cluster.equals("embedded");
            case K3S, NODES, FAMILIES -> cluster.equals("k3s");
            case KUBECONFIG, CONTEXT -> cluster.equals("kubeconfig");
            case DENY, ESTABLISHED, DEFECT -> cluster.equals("embedded");
        };
    }
}
