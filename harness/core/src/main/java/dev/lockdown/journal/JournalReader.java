package dev.lockdown.journal;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Gatherers;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Reads a journal back.
public final class JournalReader {
    /// How many lines are parsed ahead.
    private static final int AHEAD = 16;

    private JournalReader() {}

    /// Read all entries; torn lines are left out without a word.
    ///
    /// @param path a run's folder or its journal
    /// @throws JournalException if there is no journal, or no line in it is one of ours
    public static List<Entry> read(Path path) {
        return read(path, _ -> {});
    }

    /// Read all entries, and say so when lines were torn.
    ///
    /// @param notes takes a sentence for people, with file and line
    /// @throws JournalException if there is no journal, or no line in it is one of ours
    public static List<Entry> read(Path path, Consumer<String> notes) {
        var entries = new ArrayList<Entry>();
        read(path, notes, entries::add);
        return List.copyOf(entries);
    }

    /// Hand on all entries in their order, each as soon as it is read, since a long run's are more than one cares to hold.
    ///
    /// A line that is torn or changed is left out, and with it what its scenario asked later and cannot be understood without it.
    ///
    /// @param notes takes a sentence for people when a line was left out, with file and line
    /// @param entries called on this thread; what it does not accept, by an [IllegalArgumentException], counts as a line that is torn
    /// @throws JournalException if there is no journal, or no line in it is one of ours
    public static void read(Path path, Consumer<String> notes, Consumer<Entry> entries) {
        var file = Files.isDirectory(path) ? new RunFolder(path).journal() : path;
        if (!Files.exists(file)) throw JournalException.missing(file);
        try (var lines = new ByteLines(file)) {
            read(file, lines, notes, entries);
        } catch (UncheckedIOException e) {
            throw JournalException.notRead(file, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw JournalException.notRead(file, e);
        }
    }

    /// Hand on the samples that stand beside a journal, where there are any.
    ///
    /// @param run its folder
    /// @see #read(Path, Consumer, Consumer)
    public static void samples(Path run, Consumer<String> notes, Consumer<Entry> entries) {
        var file = new RunFolder(run).samples();
        if (Files.exists(file)) read(file, notes, entries);
    }

    /// A line as a tree, which other threads make ahead of the one that reads what it means: only that depends on the lines before.
    private sealed interface Parsed {
        record Line(JsonNode tree) implements Parsed {}

        /// @param scenario to which it belongs, where so much is left of it
        record Broken(JsonProcessingException why, @Nullable String scenario) implements Parsed {}
    }

    private static void read(Path file, ByteLines lines, Consumer<String> notes, Consumer<Entry> entries) throws IOException {
        var json = new EntryReader();
        var parsed = StreamSupport.stream(Spliterators.spliteratorUnknownSize(lines, Spliterator.ORDERED | Spliterator.NONNULL), false)
            .gather(Gatherers.mapConcurrent(AHEAD, line -> parse(json, line))).iterator();
        var lost = new LostLines(file, notes);
        int read = 0;
        for (int number = 1; parsed.hasNext(); number++) {
            var line = parsed.next();
            try {
                var entry = entry(file, json, line);
                if (entry != null) entries.accept(entry);
                read++;
            } catch (JsonProcessingException | IllegalArgumentException e) {
                boolean last = !parsed.hasNext() && !endsWithNewline(file);
                lost.add(number, last, reason(e), json.lose(scenario(line)));
            }
        }
        lost.end(read > 0);
    }

    private static @Nullable String scenario(Parsed line) {
        return switch (line) {
            case Parsed.Line(var tree) -> tree.path("scenario").isTextual() ? tree.path("scenario").textValue() : null;
            case Parsed.Broken(_, var scenario) -> scenario;
        };
    }

    private static Parsed parse(EntryReader json, byte[] line) {
        try {
            return new Parsed.Line(json.tree(line));
        } catch (JsonProcessingException e) {
            return new Parsed.Broken(e, json.scenario(line));
        } catch (IOException e) {
            // As of a line that was torn inside a character.
            return new Parsed.Broken(new JsonParseException(null, e.getMessage()), json.scenario(line));
        }
    }

    private static @Nullable Entry entry(Path file, EntryReader json, Parsed line) throws JsonProcessingException {
        var tree = switch (line) {
            case Parsed.Line(var read) -> read;
            case Parsed.Broken(var why, _) -> throw why;
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
