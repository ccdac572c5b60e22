package dev.lockdown.policy;

import dev.lockdown.flow.Flow;
import java.util.AbstractList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Lines that are made when they are first read, and then kept. Safe for several threads: at worst they are made twice.
final class LazyLines extends AbstractList<String> {
    private final Function<Flow, List<String>> maker;
    private final Flow flow;
    private volatile @Nullable List<String> lines;

    LazyLines(Function<Flow, List<String>> maker, Flow flow) {
        this.maker = maker;
        this.flow = flow;
    }

    static List<String> unmodifiable(List<String> lines) {
        return lines instanceof LazyLines ? lines : List.copyOf(lines);
    }

    @Override
    public String get(int index) {
        return lines().get(index);
    }

    @Override
    public int size() {
        return lines().size();
    }

    private List<String> lines() {
        var made = lines;
        if (made == null) {
            made = List.copyOf(maker.apply(flow));
            lines = made;
        }
        return made;
    }
}
