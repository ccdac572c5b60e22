package dev.lockdown.junit;

import dev.lockdown.flow.Probe.Transport;
import dev.lockdown.state.InputException;
import dev.lockdown.trial.BaselineNeeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What the annotation of a test asks for.
record Needs(LockdownTest annotation) {
    private static final Pattern NAME = Pattern.compile("(\\S+?)(?: over (UDP|TCP))?");

    /// In the words of a feature.
    List<String> tags() {
        var tags = new ArrayList<String>();
        if (annotation.nodes() < 1) throw new InputException("@LockdownTest(nodes = %s): at least 1".formatted(annotation.nodes()));
        if (annotation.nodes() != 2) tags.add("@needs:%s-node%s".formatted(annotation.nodes(), annotation.nodes() == 1 ? "" : "s"));
        switch (annotation.family()) {
            case IPV4 -> {}
            case IPV6 -> tags.add("@ipv6");
            case DUAL_STACK -> tags.add("@dual-stack");
        }
        for (var tag : annotation.tags()) {
            if (!tag.matches("@\\S+")) throw new InputException("@LockdownTest(tags = \"%s\"): a tag begins with @".formatted(tag));
            tags.add(tag);
        }
        return tags;
    }

    BaselineNeeds baseline() {
        Set<BaselineNeeds.Name> names = new HashSet<>();
        for (var text : annotation.resolves()) {
            var name = NAME.matcher(text);
            if (!name.matches())
                throw new InputException(
                    "@LockdownTest(resolves = \"%s\"): expected a name, or one such as \"partner.example over TCP\"".formatted(text));
            names.add(new BaselineNeeds.Name(name.group(1), name.group(2) == null ? Transport.EITHER : Transport.valueOf(name.group(2))));
        }
        return new BaselineNeeds(names, annotation.opened(), annotation.pings());
    }

    /// Properties that hold where nobody says otherwise.
    Map<String, String> defaults() {
        return annotation.cluster().isEmpty() ? Map.of() : Map.of("lockdown.cluster", annotation.cluster());
    }
}
