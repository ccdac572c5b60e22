package dev.lockdown.cluster.kubernetes.stub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The API's objects as trees.
final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    private Json() {}

    static JsonNode read(byte[] body) {
        if (body.length == 0) return MAPPER.createObjectNode();
        try {
            return body[0] == '{' || body[0] == '[' ? MAPPER.readTree(body) : YAML.readTree(body);
        } catch (IOException e) {
            throw new IllegalArgumentException(new String(body, StandardCharsets.UTF_8), e);
        }
    }

    /// A tree written with single quotes for double ones.
    static ObjectNode of(String text, Object... values) {
        return (ObjectNode) read(text.formatted(values).replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Map<String, String> texts(JsonNode object) {
        var texts = new LinkedHashMap<String, String>();
        object.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
        return texts;
    }

    /// RFC 7386.
    static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) return patch;
        var merged = target instanceof ObjectNode object ? object.deepCopy() : MAPPER.createObjectNode();
        changes.properties().forEach(e -> {
            if (e.getValue().isNull()) merged.remove(e.getKey());
            else merged.set(e.getKey(), merge(merged.path(e.getKey()), e.getValue()));
        });
        return merged;
    }

    static ObjectNode metadata(ObjectNode object) {
        return object.withObjectProperty("metadata");
    }

    static JsonNode text(String text) {
        return TextNode.valueOf(text);
    }
}
