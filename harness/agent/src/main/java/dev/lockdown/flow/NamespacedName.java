package dev.lockdown.flow;

/// The name of a namespaced Kubernetes object, written `shop/web`.
public record NamespacedName(String namespace, String name) implements Comparable<NamespacedName> {
    public NamespacedName {
        if (namespace.isEmpty() || name.isEmpty()) throw new IllegalArgumentException("a name needs both parts of namespace/name");
    }

    /// Parse `namespace/name`.
    ///
    /// @throws IllegalArgumentException if the text has not exactly two parts
    public static NamespacedName parse(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1 || text.indexOf('/', slash + 1) >= 0)
            throw new IllegalArgumentException("\"%s\" is not of the form namespace/name".formatted(text));
        return new NamespacedName(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(NamespacedName other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
