package dev.lockdown.cluster.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockdown.cluster.ApiKind;
import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.ObjectLister;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Source;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// Lists the objects of a cluster by GET alone, page by page, as the API writes them: fabric8's own classes would drop the fields that they
/// do not know.
public final class KubernetesLister implements ObjectLister {
    private static final int PAGE = 500;
    private static final ObjectMapper JSON = new ObjectMapper();
    /// One field a line, so that a line says which field it is.
    private static final ObjectWriter WRITER = JSON
        .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("    ", "\n"))
            .withArrayIndenter(new DefaultIndenter("    ", "\n")));

    private final KubernetesClient client;

    private KubernetesLister(KubernetesClient client) {
        this.client = client;
    }

    /// Make ready to list; nothing is asked yet.
    ///
    /// @throws EnvironmentException if the configuration is of no use
    public static KubernetesLister of(Access access) {
        return new KubernetesLister(access.client());
    }

    @Override
    public String description() {
        return ApiErrorText.url(client);
    }

    @Override
    public String namespace() {
        var namespace = client.getConfiguration().getNamespace();
        return namespace == null || namespace.isEmpty() ? "default" : namespace;
    }

    @Override
    public Listed list(ApiKind kind, String namespace) {
        var sources = new ArrayList<Source>();
        var path = "%s/%s%s?limit=%s".formatted(root(kind.apiVersion()), namespace.isEmpty() ? "" : "namespaces/" + namespace + "/",
            kind.resource(), PAGE);
        var next = "";
        do {
            JsonNode page;
            try {
                page = get(path + next);
            } catch (KubernetesClientException e) {
                if (e.getCode() == 403) return new Denied();
                throw KubernetesBackend.unreachable(client, e);
            }
            for (var item : page.path("items")) if (item instanceof ObjectNode object) sources.add(source(kind, object));
            next = page.at("/metadata/continue").asText("");
            if (!next.isEmpty()) next = "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        } while (!next.isEmpty());
        return new Objects(sources);
    }

    private static String root(String apiVersion) {
        return (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
    }

    /// @return an empty object where there is no such path
    private JsonNode get(String path) {
        var text = client.raw(path);
        try {
            return text == null ? JSON.createObjectNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new EnvironmentException("the API at %s answered %s with what is no JSON".formatted(description(), path), e);
        }
    }

    private static Source source(ApiKind kind, ObjectNode item) {
        var object = JSON.createObjectNode();
        // Items of a list do not name them.
        object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        object.setAll(item);
        // Long, and nothing that a network sees; addresses of Services are what clients dial, and no policy sees them.
        if (object.path("metadata") instanceof ObjectNode metadata) metadata.remove(List.of("managedFields", "annotations"));
        if (object.path("spec") instanceof ObjectNode spec && !spec.path("clusterIP").asText("").equals("None"))
            spec.remove(List.of("clusterIP", "clusterIPs"));
        var namespace = object.at("/metadata/namespace").asText("");
        var name = "%s%s/%s".formatted(namespace.isEmpty() ? "" : namespace + "/", kind.kind().toLowerCase(Locale.ROOT),
            object.at("/metadata/name").asText(""));
        try {
            return new Source(Position.startOf(name), WRITER.writeValueAsString(object));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    @Override
    public List<ApiKind> kinds(Predicate<ApiKind> wanted) {
        var found = new ArrayList<ApiKind>();
        var seen = new HashSet<String>();
        try {
            for (var group : get("/apis").path("groups")) {
                // The kinds of Kubernetes itself are known.
                if (!group.path("name").asText("").contains(".") || group.path("name").asText("").endsWith(".k8s.io")
                    && !group.path("name").asText("").startsWith("policy.networking")) continue;
                for (var version : group.path("versions")) kinds(version.path("groupVersion").asText(""), seen, found);
            }
        } catch (KubernetesClientException e) {
            throw KubernetesBackend.unreachable(client, e);
        }
        return found.stream().filter(wanted).toList();
    }

    private void kinds(String groupVersion, HashSet<String> seen, List<ApiKind> found) {
        int slash = groupVersion.indexOf('/');
        var group = groupVersion.substring(0, Math.max(slash, 0));
        for (var resource : get(root(groupVersion)).path("resources")) {
            var plural = resource.path("name").asText("");
            var kind = resource.path("kind").asText("");
            // Subresources have none of their own; what two versions serve is the same.
            if (plural.contains("/") || !seen.add(group + "/" + kind)) continue;
            found.add(new ApiKind(group, groupVersion.substring(slash + 1), plural, kind, resource.path("namespaced").asBoolean()));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
