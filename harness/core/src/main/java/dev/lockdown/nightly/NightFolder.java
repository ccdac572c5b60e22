package dev.lockdown.nightly;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.history.HistoryFolder;
import dev.lockdown.state.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The folder of a night: the matrix as it was read, a line for each cell that is over, a folder for each cell, and what is made of them.
public record NightFolder(Path path) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Path matrix() {
        return path.resolve("matrix.yaml");
    }

    /// Holds where the matrix was read from: relative paths in it begin there.
    public Path originalName() {
        return path.resolve("matrix.path");
    }

    public Path original() {
        try {
            return Path.of(Files.readString(originalName()).strip());
        } catch (IOException _) {
            return matrix();
        }
    }

    public Path outcomes() {
        return path.resolve("cells.jsonl");
    }

    public Path html() {
        return path.resolve("nightly.html");
    }

    public Path json() {
        return path.resolve("nightly.json");
    }

    /// Where a cell's runs are made.
    public Path cell(String name) {
        return path.resolve(HistoryFolder.fileName(name));
    }

    /// What a cell printed.
    public Path output(String name) {
        return path.resolve(HistoryFolder.fileName(name)).resolve("output.txt");
    }

    public Path fingerprint(String name) {
        return path.resolve(HistoryFolder.fileName(name)).resolve("fingerprint.json");
    }

    /// Note that a cell is over, at once and for good.
    ///
    /// @throws EnvironmentException if it cannot be
    void add(CellOutcome outcome) {
        var json = JSON.createObjectNode().put("cell", outcome.cell()).put("state", outcome.state().name()).put("at",
            outcome.at().toString()).put("tookMillis", outcome.took().toMillis());
        if (outcome.exitStatus() != null) json.put("exitStatus", outcome.exitStatus());
        if (outcome.folder() != null) json.put("folder", outcome.folder());
        if (outcome.problem() != null) json.put("problem", outcome.problem());
        try {
            Files.writeString(outcomes(), json + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new EnvironmentException("%s cannot be written: %s; make room and go on with --resume %s".formatted(outcomes(),
                e.getMessage(), path), e);
        }
    }

    /// The cells that are over, by their names. A line that was cut off counts as none.
    public Map<String, CellOutcome> known() {
        var known = new LinkedHashMap<String, CellOutcome>();
        try {
            if (Files.exists(outcomes())) for (var line : Files.readAllLines(outcomes())) read(line, known);
        } catch (IOException e) {
            throw new InputException("%s cannot be read: %s".formatted(outcomes(), e.getMessage()));
        }
        return known;
    }

    private static void read(String line, Map<String, CellOutcome> known) {
        try {
            var json = JSON.readTree(line);
            var outcome = new CellOutcome(json.required("cell").asText(), CellOutcome.State.valueOf(json.required("state").asText()),
                Instant.parse(json.required("at").asText()), Duration.ofMillis(json.path("tookMillis").asLong()),
                json.has("exitStatus") ? Integer.valueOf(json.get("exitStatus").asInt()) : null, text(json, "folder"),
                text(json, "problem"));
            known.put(outcome.cell(), outcome);
        } catch (JsonProcessingException | RuntimeException _) {
            // The kill came while it was written: the cell is run again.
        }
    }

    private static @Nullable String text(JsonNode json, String field) {
        return json.hasNonNull(field) ? json.get(field).asText() : null;
    }

    /// Hold the folder as long as the night goes on, and the process lives.
    ///
    /// @throws InputException if another does
    FileChannel hold() {
        var file = path.resolve(".running");
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() != null) return channel;
            } catch (OverlappingFileLockException _) {
                // By this very process.
            }
            channel.close();
        } catch (IOException e) {
            throw new EnvironmentException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
        throw new InputException("another nightly is at work in %s; wait until it is over, or begin another night".formatted(path));
    }
}
