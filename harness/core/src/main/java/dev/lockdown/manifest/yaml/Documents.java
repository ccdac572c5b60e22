package dev.lockdown.manifest.yaml;

import java.util.List;

/// Tells JSON from YAML as kubectl does: by the first character. What begins as JSON and is none may still be YAML in braces.
public final class Documents {
    private Documents() {}

    /// Read all documents of a text; those without content are left out.
    public static List<Yaml.Document> of(Source source) {
        if (!source.text().stripLeading().startsWith("{")) return YamlComposer.documents(source);
        try {
            return new JsonComposer(source).documents();
        } catch (ManifestException json) {
            return orYaml(source, json);
        }
    }

    private static List<Yaml.Document> orYaml(Source source, ManifestException json) {
        try {
            return YamlComposer.documents(source);
        } catch (ManifestException yaml) {
            throw source.text().stripLeading().substring(1).stripLeading().startsWith("\"") ? json : yaml;
        }
    }
}
