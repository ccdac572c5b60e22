package dev.lockdown.cli;

import java.io.File;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which cluster a command works on, as `--cluster` or `LOCKDOWN_CLUSTER` says it.
sealed interface ClusterChoice {
    Pattern K3S = Pattern.compile("k3s(?::(?<cni>[a-z0-9-]+)(?:@(?<version>[A-Za-z0-9._-]+))?)?");
    Pattern KUBECONFIG = Pattern.compile("kubeconfig(?::(?<context>.+))?");

    /// The one made of network namespaces.
    record Embedded() implements ClusterChoice {}

    /// k3s in containers.
    ///
    /// @param cni null means k3s's own
    /// @param version of the CNI; null means the newest that is known
    record K3s(@Nullable String cni, @Nullable String version) implements ClusterChoice {}

    /// One that is there already.
    ///
    /// @param context null means the current one
    record Kubeconfig(@Nullable String context) implements ClusterChoice {}

    /// As `--cluster` takes it.
    default String typed() {
        return switch (this) {
            case Embedded _ -> "embedded";
            case K3s(var cni, var version) -> cni == null ? "k3s" : version == null ? "k3s:" + cni : "k3s:%s@%s".formatted(cni, version);
            case Kubeconfig(var context) -> context == null ? "kubeconfig" : "kubeconfig:" + context;
        };
    }

    /// @throws IllegalArgumentException if the text is none of the forms
    static ClusterChoice parse(String text) {
        if (text.equals("embedded")) return new Embedded();
        var k3s = K3S.matcher(text);
        if (k3s.matches()) return new K3s(k3s.group("cni"), k3s.group("version"));
        var kubeconfig = KUBECONFIG.matcher(text);
        if (kubeconfig.matches()) return new Kubeconfig(context(kubeconfig.group("context")));
        throw new IllegalArgumentException(
            "\"%s\" is no cluster; expected embedded, k3s[:CNI[@VERSION]] or kubeconfig[:CONTEXT]".formatted(text));
    }

    private static @Nullable String context(@Nullable String name) {
        if (name != null && new File(name).isFile())
            throw new IllegalArgumentException(
                "\"%s\" is a file, and kubeconfig:CONTEXT names a context; expected --cluster kubeconfig --kubeconfig %s".formatted(name,
                    name));
        return name;
    }
}
