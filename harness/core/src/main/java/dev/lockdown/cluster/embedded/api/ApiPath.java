package dev.lockdown.cluster.embedded.api;

import java.util.List;
import java.util.Optional;

/// What a path of the Kubernetes API means.
sealed interface ApiPath {

    /// What there is to be asked for.
    enum Discovery implements ApiPath {
        CORE("/api", "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}"), GROUPS("/apis",
            "{\"kind\":\"APIGroupList\",\"apiVersion\":\"v1\",\"groups\":[]}"), CORE_V1("/api/v1", """
                {"kind":"APIResourceList","groupVersion":"v1","resources":[\
                {"name":"namespaces","singularName":"namespace","namespaced":false,"kind":"Namespace","verbs":["get","list"]},\
                {"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["get","list"]},\
                {"name":"services","singularName":"service","namespaced":true,"kind":"Service","verbs":["get","list"]},\
                {"name":"endpoints","singularName":"endpoints","namespaced":true,"kind":"Endpoints","verbs":["get","list"]}]}""");

        private final String path;
        private final String document;

        Discovery(String path, String document) {
            this.path = path;
            this.document = document;
        }

        String document() {
            return document;
        }
    }

    enum Kind {
        NAMESPACE("namespaces", "Namespace"), POD("pods", "Pod"), SERVICE("services", "Service"), ENDPOINTS("endpoints", "Endpoints");

        private final String plural;
        private final String word;

        Kind(String plural, String word) {
            this.plural = plural;
            this.word = word;
        }

        /// The kind as manifests have it.
        String word() {
            return word;
        }
    }

    /// Objects of a kind.
    ///
    /// @param namespace empty for those of all namespaces, and for namespaces themselves
    /// @param name empty for a list
    record Resource(Kind kind, String namespace, String name) implements ApiPath {

        /// What it is, in the words of the API's messages.
        String subject() {
            return name.isEmpty() ? kind.plural : "%s \"%s\"".formatted(kind.plural, name);
        }

        /// What is done to it, in the words of the API's messages.
        String deed() {
            var where = namespace.isEmpty() ? "at the cluster scope" : "in the namespace \"%s\"".formatted(namespace);
            return "%s resource \"%s\" in API group \"\" %s".formatted(name.isEmpty() ? "list" : "get", kind.plural, where);
        }
    }

    /// Parse a path; empty if it means nothing here.
    static Optional<ApiPath> parse(String path) {
        for (var discovery : Discovery.values()) if (discovery.path.equals(path)) return Optional.of(discovery);
        if (!path.startsWith("/api/v1/")) return Optional.empty();
        var words = List.of(path.substring("/api/v1/".length()).split("/", -1));
        if (words.contains("")) return Optional.empty();
        boolean underNamespaces = words.getFirst().equals("namespaces");
        return switch (words.size()) {
            case 1 -> resource(words.getFirst(), "", "");
            case 2 -> underNamespaces ? resource("namespaces", "", words.getLast()) : Optional.empty();
            case 3 -> underNamespaces ? resource(words.getLast(), words.get(1), "") : Optional.empty();
            case 4 -> underNamespaces ? resource(words.get(2), words.get(1), words.getLast()) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<ApiPath> resource(String plural, String namespace, String name) {
        for (var kind : Kind.values())
            if (kind.plural.equals(plural) && (kind != Kind.NAMESPACE || namespace.isEmpty()))
                return Optional.of(new Resource(kind, namespace, name));
        return Optional.empty();
    }
}
