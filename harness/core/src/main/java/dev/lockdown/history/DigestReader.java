package dev.lockdown.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockdown.chaos.Window;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.state.InputException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a digest. A line that is torn, or that git put there, is left out and told; fields that are not known are let pass, so that a
/// digest of a later Lockdown of the same schema can be read. Used once.
final class DigestReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    /// What git writes into a file that it could not merge.
    private static final Pattern CONFLICT = Pattern.compile("(<{7}|={7}|>{7}|\\|{7})( .*)?");

    private final String file;
    private final Map<ScenarioDigest.Key, ScenarioDigest> scenarios = new TreeMap<>();
    private final List<Integer> torn = new ArrayList<>();
    private List<String> names = List.of();
    private List<List<String>> axes = List.of();
    private @Nullable RunHead head;
    private boolean merged;
    private boolean ofAnotherRun;

    private DigestReader(String file) {
        this.file = file;
    }

    /// @param file as it is named in notes
    /// @param notes takes a sentence for people, with file and line
    /// @throws InputException if it is none, or of a later schema
    static RunDigest read(String file, List<String> lines, Consumer<String> notes) {
        var reader = new DigestReader(file);
        for (int i = 0; i < lines.size(); i++) reader.line(lines.get(i), i + 1);
        return reader.run(notes);
    }

    private void line(String line, int number) {
        if (CONFLICT.matcher(line).matches()) {
            merged = true;
            return;
        }
        try {
            var tree = JSON.readTree(line);
            if (tree.has("schema")) begin(head(file, tree, number));
            else if (head == null || ofAnotherRun) return;
            else if (tree.has("names")) names = texts(tree.get("names"));
            else if (tree.has("axes")) axes = list(tree.get("axes"), this::names);
            else add(scenario(tree));
        } catch (JsonProcessingException | IllegalArgumentException | IndexOutOfBoundsException _) {
            torn.add(number);
        }
    }

    private void begin(RunHead next) {
        if (head == null) head = next;
        ofAnotherRun = !isSame(head.info(), next.info());
    }

    /// Whether both are of one run: two that begin in one second, on two machines, have one name.
    static boolean isSame(RunInfo one, RunInfo other) {
        return one.run().equals(other.run()) && one.at().equals(other.at());
    }

    private void add(ScenarioDigest scenario) {
        scenarios.put(scenario.key(), scenario);
    }

    private RunDigest run(Consumer<String> notes) {
        if (head == null)
            throw new InputException("""
                %s is no digest of a run: no line of it says of which
                  expected a file of a history, as `--history DIR` writes it""".formatted(file));
        if (merged) notes.accept("%s has git's conflict marks; what is whole of its first run is read".formatted(file));
        if (!torn.isEmpty())
            notes.accept("%s:%s: %s".formatted(file, torn.getFirst().toString(), torn.size() == 1 ? "the line is torn and left out"
                : "the first of %s lines that are torn and left out".formatted(Integer.toString(torn.size()))));
        int missing = head.ended().size() - scenarios.size();
        if (missing > 0) notes.accept("%s was cut off: %s of its scenarios are missing".formatted(file, Integer.toString(missing)));
        return new RunDigest(head.info(), scenarios.values().stream()
            .sorted(Comparator.comparing(ScenarioDigest::feature).thenComparing(ScenarioDigest::line)).toList());
    }

    /// Read what a file begins with.
    ///
    /// @throws InputException if it is of a later schema
    /// @throws IllegalArgumentException if it begins with something else
    static RunHead head(String file, String line) {
        try {
            return head(file, JSON.readTree(line), 1);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static RunHead head(String file, JsonNode tree, int line) {
        int schema = tree.required("schema").asInt();
        if (schema > DigestWriter.SCHEMA)
            throw new InputException("""
                %s:%s: the digest has schema %s, and this Lockdown reads up to %s
                  read it with the Lockdown that wrote it, or a newer one""".formatted(file, Integer.toString(line),
                Integer.toString(schema), Integer.toString(DigestWriter.SCHEMA)));
        var cell = tree.path("cell").isTextual() ? new RunInfo.Cell(tree.get("cell").textValue(), map(tree.path("settings"))) : null;
        var info = new RunInfo(instant(tree.required("at").asText()), tree.required("run").asText(), tree.path("version").asText(),
            tree.path("cluster").asText(), texts(tree.path("plugins")), cell,
            tree.has("exitStatus") ? Integer.valueOf(tree.get("exitStatus").asInt()) : null, optional(tree, "problem"),
            Duration.ofMillis(tree.path("tookMillis").asLong()), map(tree.path("traits")));
        var ended = RunLength.letters(tree.path("ended").asText(), tree.path("scenarios").asInt());
        return new RunHead(info, tree.path("shape").asText(), ended.chars().mapToObj(c -> RunHead.Ended.ofLetter((char) c)).toList(),
            list(tree.path("medianMicros"), JsonNode::asLong));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private ScenarioDigest scenario(JsonNode tree) {
        return new ScenarioDigest(names.get(tree.required("feature").asInt()), tree.required("name").asText(),
            tree.path("occurrence").asInt(1), tree.path("line").asInt(), names(tree.path("tags")),
            statuses(tree.required("status")), Duration.ofMillis(tree.path("tookMillis").asLong()), optional(tree, "problem"),
            list(tree.path("steps"), this::step), list(tree.path("windows"), this::window),
            list(tree.path("enforcedMicros"), m -> Duration.ofNanos(m.asLong() * 1000)), list(tree.path("fates"), this::fate));
    }

    private static List<Status> statuses(JsonNode tree) {
        return tree.isArray() ? list(tree, DigestReader::status) : List.of(status(tree));
    }

    private static Status status(JsonNode tree) {
        return Status.valueOf(tree.asText().toUpperCase(Locale.ROOT));
    }

    private StepDigest step(JsonNode tree) {
        var matrix = new VerdictMatrix(axis(tree, 2), axis(tree, 3), axis(tree, 4), names(tree.required(5)));
        return new StepDigest(tree.required(0).asInt(), names.get(tree.required(1).asInt()), matrix.verdicts());
    }

    private List<String> axis(JsonNode step, int place) {
        return axes.get(step.required(place).asInt());
    }

    private List<String> names(JsonNode numbers) {
        return list(numbers, n -> names.get(n.asInt()));
    }

    private WindowDigest window(JsonNode tree) {
        return new WindowDigest(names.get(tree.required("flow").asInt()),
            Window.Kind.valueOf(tree.required("kind").asText().toUpperCase(Locale.ROOT)),
            tree.has("cause") ? names.get(tree.get("cause").asInt()) : "", tree.path("count").asInt(), tree.path("unended").asInt(),
            list(tree.path("micros"), JsonNode::asLong));
    }

    private FateDigest fate(JsonNode tree) {
        return new FateDigest(names.get(tree.required("flow").asInt()), tree.path("line").asInt(), tree.required("fate").asText());
    }

    private static @Nullable String optional(JsonNode tree, String field) {
        return tree.path(field).isTextual() ? tree.get(field).textValue() : null;
    }

    private static List<String> texts(JsonNode array) {
        return list(array, JsonNode::asText);
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
        var all = new ArrayList<T>(array.size());
        for (var item : array) all.add(read.apply(item));
        return all;
    }

    private static Map<String, String> map(JsonNode object) {
        var all = new TreeMap<String, String>();
        object.properties().forEach(e -> all.put(e.getKey(), e.getValue().asText()));
        return all;
    }
}
