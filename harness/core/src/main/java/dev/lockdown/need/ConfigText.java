package dev.lockdown.need;

import dev.lockdown.manifest.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Reads the text of a configuration file line by line, whatever its language: YAML, properties, INI, TOML, JSON with one field a line, nginx,
/// Fluentd.
///
/// Nobody knows the language of a ConfigMap's file for sure, and addresses look alike in all of them.
final class ConfigText {
    private static final Pattern KEY_AND_VALUE =
        Pattern.compile("^(?:-\\s+|export\\s+)?[\"']?([A-Za-z_$][\\w.$\\[\\]-]*)[\"']?\\s*(?:[:=]|=>)\\s*(.*)$");
    private static final Pattern KEY_BLANK_VALUE = Pattern.compile("^([A-Za-z_][\\w.-]*)\\s+[\"']?([^\\s\"';]+)[\"']?;?$");
    private static final Pattern COMMENT = Pattern.compile("^(?:#|//|;|--|<!--).*");
    private static final Pattern COMMENT_BEHIND = Pattern.compile("\\s(?:#|//)\\s.*$");

    private ConfigText() {}

    /// Read a value of a ConfigMap's `data`.
    ///
    /// @param field of the ConfigMap, for the places
    static List<Setting> settings(WrittenObject object, Yaml.Scalar value, String key, String field) {
        if (isDashboard(value.value())) return List.of();
        var lines = value.value().lines().toList();
        if (lines.size() <= 1) return List.of(new Setting(key, value.value(), Because.of(value.at(), field), 0));
        var settings = new ArrayList<Setting>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).stripLeading();
            if (line.isBlank() || COMMENT.matcher(line).matches()) continue;
            var at = Because.of(object.source().lineOf(value, i), field);
            settings.add(setting(COMMENT_BEHIND.matcher(line).replaceFirst(""), at, lines.get(i).length() - line.length()));
        }
        return settings;
    }

    /// `host search` and `port 9200`, as Fluentd, Fluent Bit, nginx and Redis have it; two words of a sentence are none.
    private static Setting apart(String line, Because at, int indent) {
        var parts = KEY_BLANK_VALUE.matcher(line.strip());
        if (parts.matches()) {
            var setting = new Setting(parts.group(1), parts.group(2), at, indent);
            if (setting.namesAnAddress() || Setting.words(setting.key()).getLast().equals("PORT")) return setting;
        }
        return new Setting("", line, at, indent);
    }

    /// Grafana's dashboards are full of names that readers of them choose among, and nobody dials one.
    private static boolean isDashboard(String text) {
        return text.stripLeading().startsWith("{") && text.contains("\"panels\"") && text.contains("\"schemaVersion\"");
    }

    private static Setting setting(String line, Because at, int indent) {
        var parts = KEY_AND_VALUE.matcher(line.strip());
        // `proxy_pass http://api:8080` and `upstream: http://api` look alike up to the scheme.
        if (!parts.matches() || parts.group(2).startsWith("//")) return apart(line, at, indent);
        return new Setting(parts.group(1), parts.group(2).replaceAll("^[\"'\\[]+|[\"'\\],;]+$", ""), at, indent);
    }
}
