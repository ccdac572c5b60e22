package dev.lockdown.cluster;

import dev.lockdown.manifest.yaml.Source;
import java.util.List;
import java.util.function.Predicate;

/// What a cluster has, listed and left as it is: nothing is ever written by it.
///
/// Its methods throw [EnvironmentException] where the cluster gives no answer at all.
public interface ObjectLister extends AutoCloseable {
    /// Which cluster it is, in a few words.
    String description();

    /// The namespace that kubectl works in where none is named.
    String namespace();

    /// List objects, one source each, named as kubectl takes it: `shop/networkpolicy/web`.
    ///
    /// @param namespace empty for those of all namespaces, and for kinds that are in none
    Listed list(ApiKind kind, String namespace);

    /// The kinds that the cluster serves, other than those of Kubernetes itself, as far as they are wanted.
    List<ApiKind> kinds(Predicate<ApiKind> wanted);

    @Override
    void close();

    /// What came of it.
    sealed interface Listed {}

    /// @param sources none, too, where the cluster does not serve the kind
    record Objects(List<Source> sources) implements Listed {
        public Objects {
            sources = List.copyOf(sources);
        }
    }

    /// The user of the kubeconfig may not.
    record Denied() implements Listed {}
}
