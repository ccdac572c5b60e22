package dev.lockdown.report.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The text of features, to quote from. A file that cannot be read has no lines: the failure is told without a quotation.
public final class FeatureFiles {
    private final Path base;
    private final Map<String, List<String>> read = new HashMap<>();

    /// @param base where relative paths start
    public FeatureFiles(Path base) {
        this.base = base;
    }

    Optional<String> line(String feature, int number) {
        var lines = lines(feature);
        return number < 1 || number > lines.size() ? Optional.empty() : Optional.of(lines.get(number - 1));
    }

    public List<String> lines(String feature) {
        return read.computeIfAbsent(feature, this::load);
    }

    private List<String> load(String feature) {
        try {
            return new String(Files.readAllBytes(base.resolve(feature)), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException | InvalidPathException _) {
            return List.of();
        }
    }
}
