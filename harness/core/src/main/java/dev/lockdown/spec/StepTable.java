package dev.lockdown.spec;

import dev.lockdown.flow.Port;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.InputException;
import io.cucumber.datatable.DataTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A step's table with a header, read strictly: an unknown or missing column is an error that lists those known.
final class StepTable {
    private final List<Map<String, String>> rows;

    private StepTable(List<Map<String, String>> rows) {
        this.rows = rows;
    }

    /// @param required columns that must be there
    /// @param optional columns that may be there
    static StepTable of(DataTable table, List<String> required, List<String> optional) {
        var cells = table.cells();
        if (cells.isEmpty()) throw new InputException("the table is empty; its columns are " + columns(required, optional));
        var header = cells.getFirst().stream().map(c -> c == null ? "" : c.strip()).toList();
        check(header, required, optional);
        var rows = new ArrayList<Map<String, String>>();
        for (int r = 1; r < cells.size(); r++) {
            var row = new LinkedHashMap<String, String>();
            for (int c = 0; c < header.size(); c++) row.put(header.get(c), text(cells.get(r).get(c)));
            rows.add(row);
        }
        if (rows.isEmpty()) throw new InputException("the table has a header but no row");
        return new StepTable(rows);
    }

    private static void check(List<String> header, List<String> required, List<String> optional) {
        for (var name : header)
            if (!required.contains(name) && !optional.contains(name))
                throw new InputException(
                    "unknown column \"%s\"; the columns of this table are %s".formatted(name, columns(required, optional)));
        for (var name : required)
            if (!header.contains(name))
                throw new InputException(
                    "the column \"%s\" is missing; the columns of this table are %s".formatted(name, columns(required, optional)));
        if (header.stream().distinct().count() < header.size())
            throw new InputException("a column stands twice in the table: " + String.join(", ", header));
    }

    private static String columns(List<String> required, List<String> optional) {
        return String.join(", ", required) + (optional.isEmpty() ? "" : " and optionally " + String.join(", ", optional));
    }

    List<Map<String, String>> rows() {
        return rows;
    }

    static String text(@Nullable String cell) {
        return cell == null ? "" : cell.strip();
    }

    /// Parse `app=web, tier=front`.
    static Map<String, String> labels(String text) {
        var labels = new TreeMap<String, String>();
        if (text.isBlank()) return labels;
        for (var part : text.split(",")) {
            var pair = part.strip().split("=", -1);
            if (pair.length != 2 || pair[0].isBlank())
                throw new InputException("\"%s\" is not a label; expected key=value, several separated by commas".formatted(part.strip()));
            if (labels.put(pair[0].strip(), pair[1].strip()) != null)
                throw new InputException("the label \"%s\" stands twice".formatted(pair[0].strip()));
        }
        return labels;
    }

    /// Parse `TCP/8080, http=TCP/80`.
    static List<ContainerPort> ports(String text) {
        var ports = new ArrayList<ContainerPort>();
        if (text.isBlank() || text.equals("-")) return ports;
        for (var part : text.split(",")) ports.add(port(part.strip()));
        if (ports.stream().map(ContainerPort::port).distinct().count() < ports.size())
            throw new InputException("a port stands twice in \"%s\"".formatted(text));
        return ports;
    }

    private static ContainerPort port(String text) {
        int equals = text.indexOf('=');
        try {
            return new ContainerPort(Port.parse(text.substring(equals + 1).strip()), equals < 0 ? "" : text.substring(0, equals).strip());
        } catch (IllegalArgumentException e) {
            throw new InputException("%s; a port is written TCP/8080, or http=TCP/8080 if it has a name".formatted(e.getMessage()));
        }
    }
}
