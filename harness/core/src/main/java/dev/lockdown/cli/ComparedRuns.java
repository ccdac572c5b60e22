package dev.lockdown.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockdown.history.DigestBuilder;
import dev.lockdown.history.HistoryFolder;
import dev.lockdown.history.RunDigest;
import dev.lockdown.history.RunInfo;
import dev.lockdown.history.Traits;
import dev.lockdown.journal.JournalReader;
import dev.lockdown.journal.OldRuns;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.nightly.NightFolder;
import dev.lockdown.report.RunBuilder;
import dev.lockdown.state.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Finds the runs that are to be compared, wherever they are kept.
///
/// @param notes takes a sentence for people
record ComparedRuns(Consumer<String> notes) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EXPECTED = """
        expected a run's folder (reports/20261122-140311), a nightly's folder, a file or a cell's folder of a history, or what
          `./lockdown fingerprint --output json` printed""";

    /// @return by the names of cells; one whose name is empty for a run by itself
    /// @throws InputException if there is none, or it is something else
    Map<String, RunDigest> in(Path path) {
        if (!Files.exists(path)) throw new InputException("there is no %s\n  %s".formatted(path, EXPECTED));
        if (Files.isRegularFile(path)) return Map.of("", file(path));
        if (Files.exists(new RunFolder(path).journal())) return Map.of("", journal(path));
        // A night has a line for each cell in a file that ends like those of a history.
        var kept = Files.exists(new NightFolder(path).outcomes()) ? Optional.<Path>empty() : newestOfHistory(path);
        if (kept.isPresent()) return Map.of("", HistoryFolder.readFile(kept.get(), notes));
        var cells = new LinkedHashMap<String, RunDigest>();
        for (var folder : folders(path)) {
            var cell = String.valueOf(folder.getFileName());
            if (Files.exists(new RunFolder(folder).journal())) cells.put(cell, journal(folder));
            else newest(folder).ifPresent(run -> cells.put(cell, run));
        }
        if (cells.isEmpty()) throw new InputException("%s has no run\n  %s".formatted(path, EXPECTED));
        return cells;
    }

    /// Of a cell's folder, in a night or in a history.
    private Optional<RunDigest> newest(Path folder) {
        try {
            var run = new OldRuns(folder).newest();
            if (run.isPresent()) return run.map(r -> journal(r.path()));
            return newestOfHistory(folder).map(file -> HistoryFolder.readFile(file, notes));
        } catch (IOException e) {
            throw new InputException("%s cannot be listed: %s".formatted(folder, e.getMessage()));
        }
    }

    private static Optional<Path> newestOfHistory(Path folder) {
        try (var all = Files.list(folder)) {
            return all.filter(f -> f.getFileName().toString().endsWith(HistoryFolder.SUFFIX)).max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new InputException("%s cannot be listed: %s".formatted(folder, e.getMessage()));
        }
    }

    private static List<Path> folders(Path path) {
        try (var all = Files.list(path)) {
            return all.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new InputException("%s cannot be listed: %s".formatted(path, e.getMessage()));
        }
    }

    private RunDigest file(Path file) {
        try (var lines = Files.newBufferedReader(file)) {
            var first = firstLine(lines);
            if (first.has("type")) return journal(file);
            if (first.has("run")) return HistoryFolder.readFile(file, notes);
            return fingerprint(file);
        } catch (IOException e) {
            throw new InputException("%s cannot be read: %s\n  %s".formatted(file, e.getMessage(), EXPECTED));
        }
    }

    private static JsonNode firstLine(BufferedReader lines) throws IOException {
        try {
            return JSON.readTree(String.valueOf(lines.readLine()));
        } catch (JsonProcessingException _) {
            // A document of several lines, or a file that is cut off or merged.
            return JSON.createObjectNode();
        }
    }

    /// @param path of the run's folder, or of its journal
    RunDigest journal(Path path) {
        var builder = new RunBuilder();
        var digest = new DigestBuilder(builder);
        JournalReader.read(path, notes, digest);
        if (Files.isDirectory(path)) JournalReader.samples(path, notes, builder);
        return digest.digest();
    }

    private RunDigest fingerprint(Path file) throws IOException {
        JsonNode tree;
        try {
            tree = JSON.readTree(file.toFile());
        } catch (JsonProcessingException _) {
            return HistoryFolder.readFile(file, notes);
        }
        if (!tree.has("traits")) throw new InputException("%s is neither a run nor a fingerprint\n  %s".formatted(file, EXPECTED));
        try {
            return new RunDigest(
                new RunInfo(Instant.parse(tree.path("at").asText()), "", "", tree.path("cluster").asText(), List.of(), null,
                    null, null, Duration.ZERO, Traits.of(tree)),
                List.of());
        } catch (DateTimeException _) {
            throw new InputException("%s does not say when it was taken\n  %s".formatted(file, EXPECTED));
        }
    }
}
