package dev.lockdown.lint;

import dev.lockdown.flow.Protocol;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.NearestWord;
import dev.lockdown.state.Pod;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What pods name their ports.
final class PortAdvice {
    private static final int SHOWN = 5;

    private PortAdvice() {}

    static boolean declares(Collection<Pod> pods, String name, Protocol protocol) {
        return named(pods).anyMatch(p -> p.name().equals(name) && p.port().protocol() == protocol);
    }

    private static Stream<ContainerPort> named(Collection<Pod> pods) {
        return pods.stream().flatMap(p -> p.ports().stream()).filter(p -> !p.name().isEmpty());
    }

    /// What was probably meant by a name that no pod gives to a port of that protocol, as the end of a sentence.
    static String instead(Collection<Pod> pods, String name, Protocol protocol) {
        var other = named(pods).filter(p -> p.name().equals(name)).findFirst();
        if (other.isPresent()) return "; %s is %s".formatted(name, other.get().port());
        var names = new TreeSet<String>();
        var told = new TreeSet<String>();
        named(pods).filter(p -> p.port().protocol() == protocol).forEach(p -> {
            names.add(p.name());
            told.add(p.toString());
        });
        var near = NearestWord.of(name, names);
        if (near.isPresent()) return "; did you mean %s?".formatted(near.get());
        return told.isEmpty() ? "" : "; there is " + list(List.copyOf(told));
    }

    static String list(List<String> words) {
        if (words.size() <= SHOWN) return String.join(", ", words);
        return "%s and %s more".formatted(String.join(", ", words.subList(0, SHOWN)), words.size() - SHOWN);
    }
}
