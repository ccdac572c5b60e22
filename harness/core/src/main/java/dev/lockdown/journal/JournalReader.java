package dev.lockdown.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Reads a journal back.
public final class JournalReader {
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
        var file = Files.isDirectory(path) ? new RunFolder(path).journal() : path;
        if (!Files.exists(file)) throw JournalException.missing(file);
        // Replaces what is no UTF-8, since a line may be torn inside a character.
        try (var lines = new BufferedReader(new InputStreamReader(new FileInputStream(file.toFile()), StandardCharsets.UTF_8))) {
            return read(file, lines, notes);
        } catch (IOException e) {
            throw JournalException.notRead(file, e);
        }
    }

    private static List<Entry> read(Path file, BufferedReader lines, Consumer<String> notes) throws IOException {
        var json = new EntryReader();
        var entries = new ArrayList<Entry>();
        String line = lines.readLine();
        for (int number = 1; line != null; number++) {
            var next = lines.readLine();
            try {
                entries.add(entry(file, json, line));
            } catch (JsonProcessingException | IllegalArgumentException e) {
                if (next != null || endsWithNewline(file)) throw JournalException.corrupt(file, number, reason(e));
                notes.accept("%s:%s: the last line is torn, as a killed run leaves it; it was left out".formatted(file, number));
            }
            line = next;
        }
        return List.copyOf(entries);
    }

    private static Entry entry(Path file, EntryReader json, String line) throws JsonProcessingException {
        var tree = json.tree(line);
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
