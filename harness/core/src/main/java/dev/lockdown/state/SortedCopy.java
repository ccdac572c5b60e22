package dev.lockdown.state;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A map that never changes, in the order of its keys. What is one already is not copied, so that successive states share what no change
/// touched, and are quickly found equal in it.
final class SortedCopy<K extends Comparable<K>, V> extends AbstractMap<K, V> {
    private final TreeMap<K, V> map;

    private SortedCopy(Map<K, V> of) {
        map = new TreeMap<>(of);
    }

    static <K extends Comparable<K>, V> Map<K, V> of(Map<K, V> map) {
        return map instanceof SortedCopy ? map : new SortedCopy<>(map);
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return Collections.unmodifiableMap(map).entrySet();
    }

    @Override
    public Set<K> keySet() {
        return Collections.unmodifiableSet(map.keySet());
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        return map.get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return map.containsKey(key);
    }
}
