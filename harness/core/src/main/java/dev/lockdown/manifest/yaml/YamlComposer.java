package dev.lockdown.manifest.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/// Builds the trees of a YAML stream from the parser's events.
///
/// The engine's own composer is not used: it recurses as deep as the text nests, and it knows neither the weight of aliases
/// nor the place of a duplicate key.
public final class YamlComposer {
    private static final int DEEPEST = 200;
    private static final int HEAVIEST = 2_000_000;

    private final Source source;
    private final Iterator<Event> events;
    private final Map<String, Optional<Yaml>> anchors = new HashMap<>();
    private int reached;
    private int openFlows;

    private YamlComposer(Source source, String text) {
        this.source = source;
        // One buffer for all of the text: where two meet, the engine fails on a character of two halves, and a run of spaces
        // takes it time by its square.
        var settings = LoadSettings.builder().setCodePointLimit(Source.LONGEST).setBufferSize(text.length() + 2).build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /// Read all documents of a stream; those without content are left out.
    public static List<Yaml.Document> documents(Source source) {
        var text = source.text();
        while (true) {
            var composer = new YamlComposer(source, text);
            try {
                return composer.documents();
            } catch (TabException tab) {
                var replaced = FlowTabs.replace(text, source.offset(composer.reached), source.offset(tab.index), composer.openFlows);
                if (replaced.equals(text)) throw YamlProblems.malformed(source, composer.reached, tab.problem);
                text = replaced;
            }
        }
    }

    /// A tab where a token may begin.
    private static final class TabException extends RuntimeException {
        private final int index;
        private final transient MarkedYamlEngineException problem;

        TabException(int index, MarkedYamlEngineException problem) {
            super(problem);
            this.index = index;
            this.problem = problem;
        }
    }

    private List<Yaml.Document> documents() {
        var documents = new ArrayList<Yaml.Document>();
        int from = 0;
        int weight = 0;
        for (var event = next(); event != null; event = next()) {
            if (!(event instanceof DocumentStartEvent start)) continue;
            if (start.isExplicit()) from = end(start).getIndex();
            anchors.clear();
            var root = node(following(), 0);
            weight = plus(weight, root, start);
            int to = start(following(DocumentEndEvent.class)).getIndex();
            if (!root.isNull()) documents.add(new Yaml.Document(root, source.between(from, to)));
            from = to;
        }
        return documents;
    }

    private Yaml node(Event event, int depth) {
        if (depth > DEEPEST) throw YamlProblems.tooDeep(at(event), DEEPEST);
        if (event instanceof AliasEvent alias) return aliased(alias);
        var anchor = event instanceof NodeEvent n ? n.getAnchor().map(Object::toString).orElse("") : "";
        if (!anchor.isEmpty()) anchors.put(anchor, Optional.empty());
        var node = switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case SequenceStartEvent start -> sequence(start, depth);
            case MappingStartEvent start -> mapping(start, depth);
            default -> throw new IllegalStateException("an event that starts no node: " + event);
        };
        if (!anchor.isEmpty()) anchors.put(anchor, Optional.of(node));
        return node;
    }

    private Yaml aliased(AliasEvent alias) {
        var name = alias.getAlias().toString();
        var target = anchors.get(name);
        if (target == null) throw YamlProblems.unknownAnchor(at(alias), name);
        return target.orElseThrow(() -> YamlProblems.recursiveAlias(at(alias), name));
    }

    private Yaml.Scalar scalar(ScalarEvent event) {
        var tag = YamlTags.check(event.getTag(), at(event));
        boolean plain = event.isPlain() && !YamlTags.isText(tag);
        var kind = plain ? Scalars.kindOfPlain(event.getValue()) : Scalars.Kind.STRING;
        var value = tag.equals(YamlTags.BINARY) ? YamlTags.decoded(event.getValue(), at(event)) : event.getValue();
        return new Yaml.Scalar(value, kind, span(event, event));
    }

    private Yaml sequence(SequenceStartEvent start, int depth) {
        YamlTags.check(start.getTag(), at(start));
        var items = new ArrayList<Yaml>();
        int weight = 1;
        var event = following();
        for (; !(event instanceof SequenceEndEvent); event = following()) {
            var item = node(event, depth + 1);
            weight = plus(weight, item, event);
            items.add(item);
        }
        return new Yaml.Sequence(List.copyOf(items), weight, span(start, event));
    }

    private Yaml mapping(MappingStartEvent start, int depth) {
        YamlTags.check(start.getTag(), at(start));
        var entries = new LinkedHashMap<String, Yaml.Entry>();
        int weight = 1;
        var event = following();
        for (; !(event instanceof MappingEndEvent); event = following()) {
            if (!(node(event, depth + 1) instanceof Yaml.Scalar key)) throw YamlProblems.complexKey(at(event));
            var value = node(following(), depth + 1);
            weight = plus(plus(weight, key, event), value, event);
            var earlier = entries.putIfAbsent(key.value(), new Yaml.Entry(key, value));
            if (earlier != null) throw YamlProblems.duplicateKey(at(event), key.value(), earlier.key().at());
        }
        MergeKeys.resolve(entries);
        return new Yaml.Mapping(entries, weight, span(start, event));
    }

    private int plus(int weight, Yaml node, Event event) {
        long sum = (long) weight + node.weight();
        if (sum > HEAVIEST) throw YamlProblems.tooHeavy(at(event), HEAVIEST);
        return (int) sum;
    }

    private Event following() {
        var event = next();
        if (event == null) throw new IllegalStateException("the events end inside a document");
        return event;
    }

    private <E extends Event> E following(Class<E> type) {
        return type.cast(following());
    }

    private @Nullable Event next() {
        try {
            if (!events.hasNext()) return null;
            var event = events.next();
            reached = end(event).getIndex();
            if (event instanceof CollectionStartEvent start && start.isFlow()) openFlows++;
            if (event instanceof CollectionEndEvent && openFlows > 0) openFlows--;
            return event;
        } catch (MarkedYamlEngineException e) {
            if (String.valueOf(e.getProblem()).contains("(TAB)") && e.getProblemMark().isPresent())
                throw new TabException(e.getProblemMark().get().getIndex(), e);
            throw YamlProblems.malformed(source, reached, e);
        } catch (RuntimeException e) {
            // Not only its own exceptions: a text that ends in "\x makes the engine throw a NumberFormatException.
            throw YamlProblems.malformed(source, reached, e);
        }
    }

    private Position at(Event event) {
        return source.at(start(event));
    }

    private Yaml.Span span(Event first, Event last) {
        return new Yaml.Span(at(first), start(first).getIndex(), end(last).getIndex());
    }

    private static Mark start(Event event) {
        return event.getStartMark().orElseThrow();
    }

    private static Mark end(Event event) {
        return event.getEndMark().orElseThrow();
    }
}
