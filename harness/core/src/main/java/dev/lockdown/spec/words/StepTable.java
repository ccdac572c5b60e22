package dev.lockdown.spec.words;

import dev.lockdown.flow.Port;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.InputException.Cell;
import dev.lockdown.state.InputException;
import dev.lockdown.state.NearestWord;
import io.cucumber.datatable.DataTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A step's table with a header, read strictly: an unknown or missing column is an error that lists those known.
public final class StepTable {
    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");

    private final List<String> header;
    private final List<List<String>> cells;

    private StepTable(List<String> header, List<List<String>> cells) {
        this.header = header;
        this.cells = cells;
    }

    /// @param required columns that must be there
    /// @param optional columns that may be there
    public static StepTable of(DataTable table, List<String> required, List<String> optional) {
        var cells = table.cells();
        if (cells.isEmpty()) throw new InputException("the table is empty; its columns are " + columns(required, optional));
        var header = cells.getFirst().stream().map(StepTable::text).toList();
        check(header, required, optional);
        if (cells.size() < 2) throw new InputException("the table has a header but no row").in(new Cell(0, -1));
        return new StepTable(header, cells);
    }

    private static void check(List<String> header, List<String> required, List<String> optional) {
        var mistakes = new InputMistakes();
        var known = Stream.concat(required.stream(), optional.stream()).toList();
        for (int c = 0; c < header.size(); c++) {
            var name = header.get(c);
            if (!known.contains(name))
                mistakes.add(new Cell(0, c), new InputException("unknown column \"%s\"; %s columns of this table are %s".formatted(name,
                    NearestWord.of(name, known).map("did you mean \"%s\"? The"::formatted).orElse("the"), columns(required, optional))));
            else
                if (header.indexOf(name) < c)
                    mistakes.add(new Cell(0, c),
                        new InputException("a column stands twice in the table: " + String.join(", ", header)));
        }
        for (var name : required)
            // A slip of it has been told.
            if (!header.contains(name) && header.stream().noneMatch(h -> !known.contains(h) && NearestWord.isNear(h, name)))
                mistakes.add(new Cell(0, -1), new InputException(
                    "the column \"%s\" is missing; the columns of this table are %s".formatted(name, columns(required, optional))));
        mistakes.requireNone();
    }

    /// Read every row, and then tell all that is wrong in any of them.
    public void forEach(Consumer<Row> read) {
        var mistakes = new InputMistakes();
        for (int r = 1; r < cells.size(); r++) {
            var row = new Row(r, mistakes);
            mistakes.attempt(new Cell(r, -1), () -> read.accept(row));
        }
        mistakes.requireNone();
    }

    /// A row below the header.
    public final class Row {
        private final int index;
        private final InputMistakes mistakes;
        private final int before;

        private Row(int index, InputMistakes mistakes) {
            this.index = index;
            this.mistakes = mistakes;
            this.before = mistakes.count();
        }

        /// What a cell says, empty where the table has no such column.
        public String text(String column) {
            int c = header.indexOf(column);
            return c < 0 ? "" : StepTable.text(cells.get(index).get(c));
        }

        /// Read a cell.
        ///
        /// @param otherwise what it counts as if it is wrong, which [#isWrong] tells
        public <T> T read(String column, Function<String, T> parse, T otherwise) {
            var where = new Cell(index, header.indexOf(column));
            try {
                return parse.apply(text(column));
            } catch (InputException e) {
                mistakes.add(where, e);
            } catch (IllegalArgumentException e) {
                mistakes.add(where, new InputException(String.valueOf(e.getMessage())));
            }
            return otherwise;
        }

        /// Read what several cells say together. What is wrong with it is told of the cell that has the words, else of the first.
        ///
        /// @param columns that the table has
        public <T> T readTogether(List<String> columns, Supplier<T> read, T otherwise) {
            try {
                return read.get();
            } catch (InputException e) {
                for (var part : e.mistakes()) {
                    var words = part.about().orElse("");
                    var column = columns.stream().filter(c -> !words.isEmpty() && text(c).contains(words)).findFirst()
                        .orElse(columns.getFirst());
                    mistakes.add(new Cell(index, header.indexOf(column)), part);
                }
                return otherwise;
            }
        }

        /// Read a cell that must not be empty.
        public <T> T need(String column, Function<String, T> parse, T otherwise) {
            return read(column, text -> {
                if (text.isEmpty()) throw new InputException("the column \"%s\" must not be empty".formatted(column));
                return parse.apply(text);
            }, otherwise);
        }

        /// Whether a cell was wrong that has been read.
        public boolean isWrong() {
            return mistakes.count() > before;
        }
    }

    private static String columns(List<String> required, List<String> optional) {
        return String.join(", ", required) + (optional.isEmpty() ? "" : " and optionally " + String.join(", ", optional));
    }

    public static String text(@Nullable String cell) {
        return cell == null ? "" : cell.strip();
    }

    /// Parse `app=web, tier=front`.
    public static Map<String, String> labels(String text) {
        var labels = new TreeMap<String, String>();
        if (text.isBlank()) return labels;
        for (var part : text.split(",")) {
            var pair = part.strip().split("=", -1);
            if (pair.length != 2 || pair[0].isBlank())
                throw InputException.about(part.strip(),
                    "\"%s\" is not a label; expected key=value, several separated by commas".formatted(part.strip()));
            if (labels.put(pair[0].strip(), pair[1].strip()) != null)
                throw new InputException("the label \"%s\" stands twice".formatted(pair[0].strip()));
        }
        return labels;
    }

    /// Parse `TCP/8080, http=TCP/80`.
    public static List<ContainerPort> ports(String text) {
        var ports = new ArrayList<ContainerPort>();
        if (text.isBlank() || text.equals("-")) return ports;
        for (var part : text.split(",")) ports.add(port(part.strip()));
        if (ports.stream().map(ContainerPort::port).distinct().count() < ports.size())
            throw new InputException("a port stands twice in \"%s\"".formatted(text));
        return ports;
    }

    private static ContainerPort port(String text) {
        int equals = text.indexOf('=');
        var protocol = text.substring(equals + 1, Math.max(equals + 1, text.indexOf('/', equals + 1))).strip();
        if (!protocol.isEmpty() && !PROTOCOLS.contains(protocol.toUpperCase(Locale.ROOT)))
            throw InputException.about(text, "\"%s\" is not a protocol%s; expected TCP, UDP or SCTP".formatted(protocol,
                NearestWord.of(protocol, PROTOCOLS).map("; did you mean %s?"::formatted).orElse("")));
        try {
            return new ContainerPort(Port.parse(text.substring(equals + 1).strip()), equals < 0 ? "" : text.substring(0, equals).strip());
        } catch (IllegalArgumentException e) {
            throw InputException.about(text, "%s; a port is written TCP/8080, or http=TCP/8080 if it has a name".formatted(e.getMessage()));
        }
    }
}
