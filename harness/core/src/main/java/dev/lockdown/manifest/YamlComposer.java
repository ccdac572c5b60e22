package dev.lockdown.manifest;

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

/// Builds the trees of a YAML stream from the parser's events.
///
/// The engine's own composer is not used: it recurses as deep as the text nests, and it knows neither the weight of aliases
/// nor the place of a duplicate key.
final class YamlComposer {
    private static final int DEEPEST = 200;
    private static final int HEAVIEST = 2_000_000;

    private final Source source;
    private final Iterator<Event> events;
    private final Map<String, Optional<Yaml>> anchors = new HashMap<>();
    private int reached;

    private YamlComposer(Source source) {
        this.source = source;
        // One buffer for all of the text: where two meet, the engine fails on a character of two halves, and a run of spaces
        // takes it time by its square.
        var settings = LoadSettings.builder().setCodePointLimit(Source.LONGEST).setBufferSize(source.text().length() + 2).build();
        this.events = new Parse(settings).parseString(source.text()).iterator();
    }

    /// Read all documents of a stream; those without content are left out.
    static List<Yaml.Document> documents(Source source) {
        return new YamlComposer(source).documents();
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
        boolean plain = event.isPlain() && !tag.equals(YamlTags.STRING);
        var kind = plain ? Scalars.kindOfPlain(event.getValue()) : Scalars.Kind.STRING;
        return new Yaml.Scalar(event.getValue(), kind, span(event, event));
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
            return event;
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
