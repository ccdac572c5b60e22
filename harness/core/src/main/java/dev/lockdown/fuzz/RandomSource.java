package dev.lockdown.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Chance, the same again for the same seed.
final class RandomSource {
    private final RandomGenerator random;

    RandomSource(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    boolean oneIn(int n) {
        return below(n) == 0;
    }

    /// A number from 0 on.
    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T pick(List<T> from) {
        return from.get(below(from.size()));
    }

    /// Some of the list in its order, none twice.
    <T> List<T> some(List<T> from, int howMany) {
        var left = new ArrayList<>(from);
        while (left.size() > howMany) left.remove(below(left.size()));
        return left;
    }
}
