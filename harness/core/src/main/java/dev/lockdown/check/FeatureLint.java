package dev.lockdown.check;

import dev.lockdown.check.FeatureLines.Stretch;
import dev.lockdown.check.Mistake.Grade;
import dev.lockdown.cluster.Established;
import dev.lockdown.state.NearestWord;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleTag;
import io.cucumber.messages.types.Scenario;
import io.cucumber.messages.types.Tag;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is wrong with a feature apart from its steps: tags that ask for nothing that there is, and scenarios that are none.
public final class FeatureLint {
    private static final Pattern NODES = Pattern.compile("([0-9]{1,3})-nodes");
    private static final Pattern ALMOST_NODES = Pattern.compile("([0-9]{1,3})[-_. ]?[a-zA-Z]*");
    private static final List<String> NEEDS = List.of("1-node", "sctp");
    /// Tags that the harness itself acts upon; every other is the author's own.
    private static final List<String> KNOWN = List.of("ipv6", "dual-stack", "conformance", "implementation-defined");

    private final FeatureTree tree;
    private final FeatureLines lines;

    FeatureLint(FeatureTree tree) {
        this.tree = tree;
        this.lines = tree.lines();
    }

    /// @param selected the scenarios that are meant
    /// @param whole whether they are all of the file
    List<Mistake> mistakes(List<Pickle> selected, boolean whole) {
        var mistakes = new ArrayList<Mistake>();
        if (whole && tree.feature().isEmpty())
            return List
                .of(Mistake.wholeFile(Grade.WRONG, lines.file(), "has no feature in it; a feature begins with \"Feature: …\"", List.of()));
        var ids = selected.stream().flatMap(p -> p.getTags().stream()).map(PickleTag::getAstNodeId).collect(Collectors.toSet());
        for (var tag : tree.tags()) if (ids.contains(tag.getId())) mistakes.addAll(tag(tag));
        if (!whole) return mistakes;
        var compiled = new LinkedHashSet<Scenario>();
        tree.pickles().forEach(p -> compiled.add(tree.scenario(p)));
        tree.feature().filter(_ -> tree.scenarios().isEmpty()).ifPresent(f -> mistakes.add(nothing(FeatureTree.line(f.getLocation()),
            "this feature has no scenario", "a scenario begins with \"Scenario: …\"")));
        for (var scenario : tree.scenarios())
            if (!compiled.contains(scenario))
                mistakes.add(nothing(FeatureTree.line(scenario.getLocation()),
                    "this outline has no example, so it makes no scenario", "give its Examples a row below their header"));
        return mistakes;
    }

    private Mistake nothing(int line, String problem, String advice) {
        return lines.mistake(Grade.PROVES_NOTHING, line, lines.whole(line), problem, List.of(advice));
    }

    private List<Mistake> tag(Tag tag) {
        var name = tag.getName().substring(1);
        int colon = name.indexOf(':');
        var prefix = colon < 0 ? name : name.substring(0, colon);
        if (prefix.equals("needs")) return need(tag, colon < 0 ? "" : name.substring(colon + 1));
        if (prefix.equals("established")) return treatment(tag, colon < 0 ? "" : name.substring(colon + 1));
        if (colon >= 0 && NearestWord.isNear(prefix, "established"))
            return List.of(wrong(tag, "there is no tag %s".formatted(tag.getName()), "established:" + name.substring(colon + 1)));
        if (colon >= 0 && NearestWord.isNear(prefix, "needs"))
            return List.of(wrong(tag, "there is no tag %s".formatted(tag.getName()), "needs:" + name.substring(colon + 1)));
        if (KNOWN.contains(name) || name.equals("ipv4")) return List.of();
        return NearestWord.of(name, KNOWN).map(near -> List.of(wrong(tag, "there is no tag %s".formatted(tag.getName()), near)))
            .orElse(List.of());
    }

    private List<Mistake> treatment(Tag tag, String word) {
        if (Established.named(word).isPresent()) return List.of();
        return List.of(wrong(tag, "there is no tag %s".formatted(tag.getName()),
            NearestWord.of(word, Established.words()).map(n -> "established:" + n).orElse(null)));
    }

    private List<Mistake> need(Tag tag, String need) {
        if (NODES.matcher(need).matches() || NEEDS.contains(need)) return List.of();
        return List.of(wrong(tag, "there is no need \"%s\"".formatted(need), nearestNeed(need)));
    }

    private static @Nullable String nearestNeed(String need) {
        var nodes = ALMOST_NODES.matcher(need);
        if (nodes.matches()) return "needs:%s-nodes".formatted(nodes.group(1));
        return NearestWord.of(need, NEEDS).map(n -> "needs:" + n).orElse(null);
    }

    private Mistake wrong(Tag tag, String problem, @Nullable String near) {
        int line = FeatureTree.line(tag.getLocation());
        int start = Objects.requireNonNull(tag.getLocation().getColumn().orElse(1L)).intValue() - 1;
        int from = lines.line(line).indexOf(tag.getName(), Math.max(0, Math.min(start, lines.line(line).length())));
        var where = from < 0 ? lines.find(line, tag.getName(), 0) : new Stretch(from, from + tag.getName().length());
        return lines.wrong(line, where, near == null ? problem : "%s; did you mean @%s?".formatted(problem, near),
            List.of(
                "known: @needs:3-nodes (any number), @needs:sctp, @established:survives (or silent, flushed, reset), @ipv6, @dual-stack, @conformance, @implementation-defined"));
    }
}
