package dev.lockdown.pod;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// One direction of a stream that loses, doubles, garbles, delays and cuts, by a seed. What is written arrives when it is told to.
final class Stream implements Consumer<String> {
    private final Random random;
    private final List<String> underWay = new ArrayList<>();
    int worseThanNothing;

    Stream(long seed) {
        random = new Random(seed);
    }

    @Override
    public void accept(String line) {
        int chance = random.nextInt(100);
        if (chance < 10) return;
        if (chance < 20) underWay.add(line);
        underWay.add(chance > 90 ? garbled(line) : line);
    }

    private String garbled(String line) {
        worseThanNothing++;
        int at = random.nextInt(line.length());
        return switch (random.nextInt(3)) {
            case 0 -> line.substring(at);
            case 1 -> line.substring(0, at);
            default -> line.substring(0, at) + (char) (line.charAt(at) ^ 1 << random.nextInt(5)) + line.substring(at + 1);
        };
    }

    /// Deliver something of what is under way, mostly the oldest.
    void deliver(Consumer<String> to) {
        if (random.nextInt(200) == 0) underWay.clear();
        for (int i = random.nextInt(60); i > 0 && !underWay.isEmpty(); i--)
            to.accept(underWay.remove(random.nextInt(10) == 0 ? random.nextInt(underWay.size()) : 0));
    }
}
