package dev.lockdown.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Gatherers;

/// Reads a journal back.
public final class JournalReader {
    /// How many lines are parsed ahead.
    private static final int AHEAD = 16;

    private JournalReader() {}

    /// Read all entries; what a killed run left of its last line is left out without a word.
    ///
    /// @param path a run's folder or its journal
    /// @throws JournalException if there is no journal, or a line in it is none of ours
    public static List<Entry> read(Path path) {
        return read(path, _ -> {});
    }

    /// Read all entries, and say so when the last line was torn.
    ///
    /// @param notes takes one sentence for people, with file and line
    /// @throws JournalException if there is no journal, or a line in it is none of ours
    public static List<Entry> read(Path path, Consumer<String> notes) {
        var entries = new ArrayList<Entry>();
        read(path, notes, entries::add);
        return List.copyOf(entries);
    }

    /// Hand on all entries in their order, each as soon as it is read, since a long run's are more than one cares to hold.
    ///
    /// @param notes takes one sentence for people when the last line was torn, with file and line
    /// @param entries called on this thread
    /// @throws JournalException if there is no journal, or a line in it is none of ours
    public static void read(Path path, Consumer<String> notes, Consumer<Entry> entries) {
        var file = Files.isDirectory(path) ? new RunFolder(path).journal() : path;
        if (!Files.exists(file)) throw JournalException.missing(file);
        // Replaces what is no UTF-8, since a line may be torn inside a character.
        try (var lines = new BufferedReader(new InputStreamReader(new FileInputStream(file.toFile()), StandardCharsets.UTF_8))) {
            read(file, lines, notes, entries);
        } catch (UncheckedIOException e) {
            throw JournalException.notRead(file, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw JournalException.notRead(file, e);
        }
    }

    /// A line as a tree, which other threads make ahead of the one that reads what it means: only that depends on the lines before.
    private sealed interface Parsed {
        record Line(JsonNode tree) implements Parsed {}

        record Broken(JsonProcessingException why) implements Parsed {}
    }

    private static void read(Path file, BufferedReader lines, Consumer<String> notes, Consumer<Entry> entries) throws IOException {
        var json = new EntryReader();
        var parsed = lines.lines().gather(Gatherers.mapConcurrent(AHEAD, line -> parse(json, line))).iterator();
        for (int number = 1; parsed.hasNext(); number++) {
            var line = parsed.next();
            try {
                entries.accept(entry(file, json, line));
            } catch (JsonProcessingException | IllegalArgumentException e) {
                if (parsed.hasNext() || endsWithNewline(file)) throw JournalException.corrupt(file, number, reason(e));
                notes.accept("%s:%s: the last line is torn, as a killed run leaves it; it was left out".formatted(file, number));
            }
        }
    }

    private static Parsed parse(EntryReader json, String line) {
        try {
            return new Parsed.Line(json.tree(line));
        } catch (JsonProcessingException e) {
            return new Parsed.Broken(e);
        }
    }

    private static Entry entry(Path file, EntryReader json, Parsed line) throws JsonProcessingException {
        var tree = switch (line) {
            case Parsed.Line(var read) -> read;
            case Parsed.Broken(var why) -> throw why;
        };
        int schema = EntryReader.schema(tree);
        if (schema > EntryReader.SCHEMA) throw JournalException.newer(file, schema, EntryReader.SCHEMA);
        if (schema < EntryReader.SCHEMA) throw JournalException.older(file, schema, EntryReader.SCHEMA);
        return json.entry(tree);
    }

    private static String reason(Exception e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : String.valueOf(e.getMessage());
    }

    private static boolean endsWithNewline(Path file) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "r")) {
            bytes.seek(bytes.length() - 1);
            return bytes.read() == '\n';
        }
    }
}
