package dev.lockdown.cluster.kubernetes.stub;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What is asked of the API.
///
/// @param number counted from 1
/// @param resource with its subresource: `pods/attach`
/// @param namespace empty where there is none, as is `name`
public record Call(int number, String verb, String group, String resource, String namespace, String name, Map<String, String> query,
        JsonNode body, String contentType) {

    static Call of(int number, HttpMessage message) {
        var parts = new ArrayList<>(List.of(message.path().substring(1).split("/")));
        String group = "";
        if (parts.getFirst().equals("apis") && parts.size() < 4 && message.method().equals("GET"))
            return new Call(number, "list", parts.size() > 1 ? parts.get(1) : "", "apis", "", "", message.query(), Json.read(new byte[0]),
                "");
        if (parts.getFirst().equals("apis")) group = parts.get(1);
        int skip = switch (parts.getFirst()) {
            case "apis" -> 3;
            case "api" -> 2;
            default -> 0;
        };
        var rest = new ArrayList<>(parts.subList(skip, parts.size()));
        String namespace = "";
        if (rest.getFirst().equals("namespaces") && rest.size() > 2) {
            namespace = rest.get(1);
            rest.subList(0, 2).clear();
        }
        var name = rest.size() > 1 ? rest.get(1) : "";
        var resource = rest.size() > 2 ? rest.getFirst() + "/" + rest.get(2) : rest.getFirst();
        return new Call(number, verb(message, name, resource), group, resource, namespace, name, message.query(), Json.read(message.body()),
            message.header("content-type"));
    }

    private static String verb(HttpMessage message, String name, String resource) {
        if (resource.equals("pods/exec")) return "create";
        if (resource.equals("pods/attach") && message.method().equals("GET")) return "get";
        return switch (message.method()) {
            case "GET" -> message.query().containsKey("watch") ? "watch" : name.isEmpty() ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
            default -> message.method();
        };
    }

    /// The deletion of an object of the core group.
    static Call deletion(String resource, String namespace, String name) {
        return new Call(0, "delete", "", resource, namespace, name, Map.of(), Json.read(new byte[0]), "");
    }

    /// As it came: the API goes on to complete the body.
    Call asSent() {
        return new Call(number, verb, group, resource, namespace, name, query, body.deepCopy(), contentType);
    }

    /// `create pods`.
    public String right() {
        return verb + " " + resource;
    }

    @Override
    public String toString() {
        return "%d: %s %s%s%s".formatted(number, verb, resource, namespace.isEmpty() ? "" : " of " + namespace,
            name.isEmpty() ? "" : " " + name);
    }
}
